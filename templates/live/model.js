// The model of the case: all lines from the values of its assumptions, in the base case and in every run.
// MODEL is written by reportgen/live/script.py: v numbers, x inputs, w results of runs, t texts, n the run shown, s stated inputs.
"use strict";

const SET = 0, MULTIPLY = 1, ADD = 2;

// MODEL.needs says how far before a step the lines stand that it needs; from here on it holds their places.
MODEL.needs.forEach(([, lines], step) => lines.forEach((distance, i) => (lines[i] = step - distance)));

// The inputs of a run: each changed one is value x factor + amount; what is looked up is changed by the same two.
function inputsOfRun(stated, run, x) {
  x.set(stated);
  for (const [place, changes] of run.changes) {
    let factor = 1, added = 0, set = null;
    for (const [operation, amount, link] of changes) {
      const value = link < 0 ? amount : stated[link];
      if (operation === SET) set = value;
      else if (operation === MULTIPLY) factor = value;
      else added = value;
    }
    const scale = set === null ? factor : 0, shift = set === null ? added : set * factor + added;
    x[place] = stated[place] * scale + shift;
    const looked = MODEL.looked[place];
    if (looked) (x[looked] = stated[looked] * scale), (x[looked + 1] = stated[looked + 1] * scale + shift);
  }
  return x;
}

// The steps that depend on some inputs, of those below `limit`, in their order.
function stepsAfter(places, limit, wanted = null) {
  const changed = new Set(places);
  for (const place of places) if (MODEL.looked[place]) changed.add(MODEL.looked[place]);
  const touched = new Uint8Array(limit), found = [];
  for (let step = 0; step < limit; step++) {
    const [inputs, lines] = MODEL.needs[step];
    if (inputs.some((place) => changed.has(place)) || lines.some((line) => touched[line])) touched[step] = 1;
  }
  for (let step = 0; step < limit; step++) if (touched[step] && (!wanted || wanted[step])) found.push(MODEL.steps[step]);
  return found;
}

// The steps that some lines need, themselves included.
function stepsBefore(lines) {
  const wanted = new Uint8Array(MODEL.steps.length);
  for (const line of lines) wanted[line] = 1;
  for (let step = MODEL.steps.length - 1; step >= 0; step--) if (wanted[step]) for (const line of MODEL.needs[step][1]) wanted[line] = 1;
  return wanted;
}

// The lowest of some costs, of equal ones the first; -1 where none is a number. Only the places that are `allowed` count.
function firstLowest(costs, allowed = null) {
  let least = Infinity;
  for (let place = 0; place < costs.length; place++) if ((!allowed || allowed[place]) && costs[place] < least) least = costs[place];
  for (let place = 0; place < costs.length; place++) {
    const cost = costs[place];
    if ((!allowed || allowed[place]) && Number.isFinite(cost) && cost - least <= 1e-9 * Math.max(1, Math.abs(cost), Math.abs(least))) return place;
  }
  return -1;
}

class Model {
  constructor() {
    this.numbers = new Float64Array(MODEL.numbers);
    this.texts = new Array(MODEL.texts).fill(0);
    this.scratch = new Float64Array(MODEL.numbers);
    this.x = new Float64Array(MODEL.values.length);
    this.w = new Float64Array(MODEL.runs.length * MODEL.whatIf.length);
    this.needed = stepsBefore(MODEL.whatIf.map(([step]) => step));
    this.plans = MODEL.runs.map((run) => stepsAfter(run.changes.map(([place]) => place), MODEL.firstStage, this.needed));
  }

  // All lines, with the run at `shown` selected; `stated` holds the values of the inputs.
  evaluate(stated, shown = 0) {
    this.evaluateStageOne(stated, shown);
    const { numbers: v, texts: t, x, w } = this, number = shown + 1;
    for (let step = MODEL.firstStage; step < MODEL.answer; step++) MODEL.steps[step](v, x, w, t, number, stated);
    return this;
  }

  // The lines of each run by itself, and their results in all runs.
  evaluateStageOne(stated, shown = 0) {
    this.evaluateRun(stated, 0);
    this.evaluateRuns(stated);
    this.evaluateRun(stated, shown);
  }

  evaluateRun(stated, run) {
    const { numbers: v, texts: t, w } = this, x = inputsOfRun(stated, MODEL.runs[run], this.x);
    for (let step = 0; step < MODEL.firstStage; step++) MODEL.steps[step](v, x, w, t, 1, stated);
  }

  // The results of every run, from the base case in `numbers`: each run computes only what it changes.
  evaluateRuns(stated) {
    const { scratch, x, w } = this, columns = MODEL.whatIf.length;
    for (let run = 0; run < MODEL.runs.length; run++) {
      this.evaluateChanged(inputsOfRun(stated, MODEL.runs[run], x), this.plans[run], stated);
      for (let k = 0; k < columns; k++) w[run * columns + k] = scratch[MODEL.whatIf[k][1]];
    }
  }

  // Some steps with other inputs, beside the base case, which stays.
  evaluateChanged(x, steps, stated) {
    const { numbers, scratch, texts, w } = this;
    scratch.set(numbers);
    for (const step of steps) step(scratch, x, w, texts, 1, stated);
    return scratch;
  }
}
