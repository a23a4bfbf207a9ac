// Futures of the case: every range and every risk drawn at random, all options over the same draws.
// VARIABLES lists the ranges, the risks and the bounds; a stream of random numbers belongs to a name, not to an order.
"use strict";

const COMBINATIONS = 2000; // of risks, where there are too many to enumerate
const TINY = 2 ** -33;
const GRID = 4000; // steps of the integral of a PERT density

// A number from a name, and from it and a place one above 0 and below 1: the same wherever the place is asked for.
function streamKey(seed, name) {
  let hash = 2166136261 ^ seed;
  for (const character of `${seed}:${name}`) hash = Math.imul(hash ^ character.codePointAt(0), 16777619);
  return mix(hash);
}

function mix(value) {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad);
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97);
  return h ^ (h >>> 15);
}

function uniform(key, place) {
  return (mix(mix(Math.imul(place + 1, 0x9e3779b9) ^ key) + key) >>> 0) / 2 ** 32 + TINY;
}

// Quantiles of the distributions between low and high, as in reportgen/simulate/distributions.py.
function triangular(low, value, high) {
  const width = high - low, left = value - low, right = high - value;
  return (p) => (p * width < left ? low + Math.sqrt(p * width * left) : high - Math.sqrt((1 - p) * width * right));
}

function evenly(low, value, high) {
  return (p) => low + p * (high - low);
}

function pert(low, value, high) {
  const width = high - low, left = (4 * (value - low)) / width, sums = new Float64Array(GRID + 1);
  for (let i = 0; i < GRID; i++) {
    const middle = (i + 0.5) / GRID;
    sums[i + 1] = sums[i] + middle ** left * (1 - middle) ** (4 - left);
  }
  return (p) => {
    const wanted = p * sums[GRID];
    let first = 0, last = GRID;
    while (last - first > 1) {
      const half = (first + last) >> 1;
      if (sums[half] <= wanted) first = half;
      else last = half;
    }
    return low + (width * (first + (wanted - sums[first]) / (sums[last] - sums[first] || 1))) / GRID;
  };
}

function lognormal(low, value, high) {
  const middle = (Math.log(low) + Math.log(high)) / 2, spread = (Math.log(high) - Math.log(low)) / (2 * 1.2815515655446008);
  return (p) => Math.exp(middle + spread * normal(p));
}

// The inverse of the normal distribution, by Acklam's rational approximation (1e-9).
function normal(p) {
  if (p > 0.97575) return -normal(1 - p);
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    return (((((-7.784894002430293e-3 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) * q + 4.374664141464968) * q + 2.938163982698783) /
      ((((7.784695709041462e-3 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1);
  }
  const q = p - 0.5, r = q * q;
  return ((((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r - 30.66479806614716) * r + 2.506628277459239) * q) /
    (((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r - 13.28068155288572) * r + 1);
}

const QUANTILES = [triangular, evenly, pert, lognormal];

// A range around the value as it is now: a value moved beyond an end takes the end with it.
function quantileOf(range, value) {
  const low = Math.min(range.low, value), high = Math.max(range.high, value);
  return low < high ? QUANTILES[range.distribution](low, value, high) : () => value;
}

// Fills the inputs of a future: what is drawn (NaN: not drawn), under the risks that happen in it.
function applyEvents(stated, x, drawn, happens) {
  for (const [place, effects, looked, low, high] of VARIABLES.changed) {
    let kept = 1, set = 0, factor = 1, added = 0;
    for (const [event, operation, amount] of effects) {
      if (!happens[event]) continue;
      if (operation === SET) (kept = 0), (set = amount);
      else if (operation === MULTIPLY) factor *= amount;
      else added += amount;
    }
    const scale = kept * factor, shift = set * factor + added, isDrawn = drawn[place] === drawn[place];
    if (looked) {
      const share = isDrawn && stated[place] ? drawn[place] / stated[place] : 1;
      x[looked] = stated[looked] * scale * share;
      x[looked + 1] = (stated[looked + 1] * scale + shift) * share;
      x[looked + 2] = low;
    } else x[place] = Math.min(Math.max((isDrawn ? drawn[place] : stated[place]) * scale + shift, low), high);
  }
}

class Futures {
  constructor(model) {
    this.model = model;
    this.drawn = new Float64Array(MODEL.values.length);
    const wanted = stepsBefore([...VARIABLES.tco, ...VARIABLES.core].map(([step]) => step));
    this.steps = stepsAfter(VARIABLES.changed.map(([place]) => place), MODEL.firstStage, wanted);
    this.risks = stepsAfter(VARIABLES.changed.filter(([, effects]) => effects.length).map(([place]) => place), MODEL.firstStage, wanted);
  }

  // TCO and core of every option in the futures from `first` to `last`; `model` holds the base case.
  draw(stated, first, last) {
    const { numbers: v, texts: t, w, x } = this.model, count = last - first, options = VARIABLES.tco.length;
    const tco = new Float64Array(count * options), core = new Float64Array(count * options);
    const streams = VARIABLES.ranges.map((range) => [range.input, streamKey(VARIABLES.seed, range.stream), quantileOf(range, stated[range.input])]);
    const events = VARIABLES.events.map((event) => [streamKey(VARIABLES.seed, event.id), stated[event.probability]]);
    const happens = new Uint8Array(events.length), drawn = this.drawn.fill(NaN), { steps } = this, scratch = this.model.scratch;
    scratch.set(v);
    x.set(stated);
    for (let place = first; place < last; place++) {
      for (const [input, key, quantile] of streams) drawn[input] = quantile(uniform(key, place));
      for (let event = 0; event < events.length; event++) happens[event] = uniform(events[event][0], place) < events[event][1] ? 1 : 0;
      applyEvents(stated, x, drawn, happens);
      for (let step = 0; step < steps.length; step++) steps[step](scratch, x, w, t, 1, stated);
      for (let option = 0; option < options; option++) {
        tco[option * count + place - first] = scratch[VARIABLES.tco[option][1]];
        core[option * count + place - first] = scratch[VARIABLES.core[option][1]];
      }
    }
    return { tco, core, count };
  }

  // The mean core of every option over all combinations of the risks; over random ones beyond ten risks.
  joint(stated) {
    const count = VARIABLES.events.length, every = count <= 10, combinations = every ? 2 ** count : COMBINATIONS;
    if (!count) return null;
    const { numbers: v, texts: t, w, x, scratch } = this.model, means = new Float64Array(VARIABLES.core.length), happens = new Uint8Array(count);
    const drawn = this.drawn.fill(NaN), chances = VARIABLES.events.map((event) => stated[event.probability]);
    const keys = VARIABLES.events.map((event) => streamKey(VARIABLES.seed, event.id));
    scratch.set(v);
    x.set(stated);
    for (let combination = 0; combination < combinations; combination++) {
      let weight = every ? 1 : 1 / combinations;
      for (let event = 0; event < count; event++) {
        happens[event] = every ? (combination >> event) & 1 : uniform(keys[event], combination) < chances[event] ? 1 : 0;
        if (every) weight *= happens[event] ? chances[event] : 1 - chances[event];
      }
      if (!weight) continue;
      applyEvents(stated, x, drawn, happens);
      for (const step of this.risks) step(scratch, x, w, t, 1, stated);
      for (let option = 0; option < means.length; option++) means[option] += weight * scratch[VARIABLES.core[option][1]];
    }
    return means;
  }

  // The core with the expected risks of every option, with some inputs changed: [[place, value], ...].
  fullCosts(stated, changes) {
    const { numbers: v, texts: t, w, x, scratch } = this.model, count = VARIABLES.core.length, full = new Float64Array(count);
    const places = changes.map(([place]) => place), happens = new Uint8Array(VARIABLES.events.length);
    const moved = this.drawn.fill(NaN);
    for (const [place, value] of changes) moved[place] = value;
    const key = places.join();
    this.plans ??= new Map();
    if (!this.plans.has(key)) {
      const wanted = stepsBefore(VARIABLES.core.map(([step]) => step));
      const risky = VARIABLES.changed.filter(([, effects]) => effects.length).map(([place]) => place);
      this.plans.set(key, stepsAfter([...places, ...risky], MODEL.firstStage, wanted));
    }
    const steps = this.plans.get(key);
    scratch.set(v);
    let rest = 1;
    const runs = VARIABLES.events.map((event) => stated[event.probability]);
    for (const chance of runs) rest -= chance;
    for (let run = -1; run < runs.length; run++) {
      const weight = run < 0 ? rest : runs[run];
      if (!weight) continue;
      happens.fill(0);
      if (run >= 0) happens[run] = 1;
      x.set(stated);
      applyEvents(stated, x, moved, happens);
      for (const step of steps) step(scratch, x, w, t, 1, stated);
      for (let option = 0; option < count; option++) full[option] += weight * scratch[VARIABLES.core[option][1]];
    }
    return full;
  }
}
