// The best split: every assignment of the workloads to options that meets the must-haves, each at the cost of its mix.
// SPLIT is written by reportgen/live/split.py; the search is that of reportgen/uncertainty/best_split.py.
"use strict";

class Split {
  constructor(model) {
    this.model = model;
    const read = [...SPLIT.parts.flatMap((part) => [part.own, ...part.paid]), SPLIT.together, SPLIT.shortfall].filter(Boolean);
    const wanted = stepsBefore(read.map(([step]) => step)), all = MODEL.steps.length;
    this.later = MODEL.steps.filter((_, step) => step >= MODEL.firstStage && wanted[step]);
    this.changed = SPLIT.runs.map((run) => stepsAfter(MODEL.runs[run].changes.map(([place]) => place), all, wanted));
    this.routed = stepsAfter(SPLIT.routing, all, wanted);
    this.joined = stepsAfter(SPLIT.used, all, wanted);
    this.owed = stepsAfter(SPLIT.paid, all, wanted);
    this.base = new Float64Array(MODEL.numbers);
    this.enumerate();
  }

  // Every assignment: the option of each workload, the subset that each option carries, and the set of options used.
  enumerate() {
    const { allowed, parts } = SPLIT, places = new Map();
    this.count = allowed.reduce((count, options) => count * options.length, 1);
    this.routes = Array.from({ length: this.count }, (_, place) => {
      const route = new Array(allowed.length);
      for (let workload = allowed.length - 1; workload >= 0; workload--) {
        const options = allowed[workload];
        route[workload] = options[place % options.length];
        place = Math.floor(place / options.length);
      }
      return route;
    });
    this.subsets = this.routes.map((route) => parts.map((_, option) => route.reduce((sum, one, workload) => sum + (one === option ? 1 << workload : 0), 0)));
    this.sets = [];
    this.setOf = this.subsets.map((subsets) => {
      const flags = subsets.map((subset) => (subset ? 1 : 0)), name = flags.join("");
      if (!places.has(name)) places.set(name, this.sets.push(flags) - 1);
      return places.get(name);
    });
  }

  // The assignments of lowest full cost, lowest first; `model` holds the base case.
  lowest(stated) {
    const full = this.fullCosts(stated), found = [];
    while (found.length < Math.min(SPLIT.shown, this.count)) {
      const place = Math.max(firstLowest(full), 0);
      found.push({ routes: this.routes[place], full: full[place] });
      full[place] = Infinity;
    }
    return found;
  }

  // The full cost of every assignment: its core in the base case and in the run of each risk, by their chances.
  fullCosts(stated) {
    const { x, scratch, numbers } = this.model, full = new Float64Array(this.count);
    const chances = SPLIT.chances.map((place) => stated[place]), rest = 1 - chances.reduce((sum, chance) => sum + chance, 0);
    inputsOfRun(stated, MODEL.runs[0], x);
    scratch.set(numbers);
    this.run(this.later, stated);
    this.base.set(scratch);
    SPLIT.runs.forEach((run, place) => {
      inputsOfRun(stated, MODEL.runs[run], x);
      scratch.set(this.base);
      this.run(this.changed[place], stated);
      const weight = place ? chances[place - 1] : rest, core = this.cores(stated);
      for (let one = 0; one < this.count; one++) full[one] += weight * core[one];
    });
    return full;
  }

  run(steps, stated) {
    const { x, scratch, w, texts } = this.model;
    for (const step of steps) step(scratch, x, w, texts, 1, stated);
  }

  // The core of every assignment in the run whose inputs and lines are set.
  cores(stated) {
    const { x, scratch } = this.model, { own, paid } = this.parts(stated), core = new Float64Array(this.count);
    const together = this.sets.map((flags) => {
      SPLIT.used.forEach((place, option) => (x[place] = flags[option]));
      this.run(this.joined, stated);
      return scratch[SPLIT.together[1]];
    });
    for (let one = 0; one < this.count; one++) {
      const subsets = this.subsets[one];
      let sum = together[this.setOf[one]];
      for (let option = 0; option < subsets.length; option++) sum += own[option][subsets[option]];
      if (SPLIT.paid.length) {
        SPLIT.paid.forEach((place, due) => (x[place] = subsets.reduce((total, subset, option) => total + paid[option][due][subset], 0)));
        this.run(this.owed, stated);
        sum += scratch[SPLIT.shortfall[1]];
      }
      core[one] = sum;
    }
    return core;
  }

  // What every option costs by itself for every subset of the workloads, and what it pays towards each obligation.
  parts(stated) {
    const { x, scratch } = this.model, subsets = 1 << SPLIT.routing.length;
    const own = SPLIT.parts.map(() => new Float64Array(subsets)), paid = SPLIT.parts.map((part) => part.paid.map(() => new Float64Array(subsets)));
    for (let subset = 1; subset < subsets; subset++) {
      SPLIT.routing.forEach((place, workload) => (x[place] = (subset >> workload) & 1));
      this.run(this.routed, stated);
      SPLIT.parts.forEach((part, option) => {
        own[option][subset] = scratch[part.own[1]];
        part.paid.forEach((cell, due) => cell && (paid[option][due][subset] = scratch[cell[1]]));
      });
    }
    return { own, paid };
  }
}
