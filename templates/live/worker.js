// The worker of the page: draws futures with the model, which stands before this text.
const model = new Model(), futures = new Futures(model);

// The eligible option of lowest cost, of equal ones the first; -1 where there is none.
function lowest(costs) {
  let least = Infinity;
  costs.forEach((cost, place) => VARIABLES.eligible[place] && cost < least && (least = cost));
  return [...costs].findIndex((cost, place) => VARIABLES.eligible[place] && cost - least <= 1e-9 * Math.max(1, Math.abs(cost), Math.abs(least)));
}

// The assumptions that alone change the answer within their range; those that move together move together.
function changing(stated) {
  const best = lowest(futures.fullCosts(stated, [])), found = [];
  const ranges = new Map(VARIABLES.ranges.map((range) => [range.input, range]));
  VARIABLES.groups.forEach((group, place) => {
    const changes = [-1, -0.5, 0.5, 1].some((share) => {
      const moved = group.map((input) => {
        const { low, high } = ranges.get(input), value = stated[input];
        return [input, share < 0 ? value + share * (value - Math.min(low, value)) : value + share * (Math.max(high, value) - value)];
      });
      return lowest(futures.fullCosts(stated, moved)) !== best;
    });
    if (changes) found.push(VARIABLES.labels[place]);
  });
  return found;
}

self.onmessage = ({ data }) => {
  const { id, stated, first, last } = data;
  model.evaluateRun(stated, 0);
  const { tco, core, count } = futures.draw(stated, first, last);
  self.postMessage({ id, first, tco, core, count }, [tco.buffer, core.buffer]);
  if (first === 0) self.postMessage({ id, joint: futures.joint(stated), switching: changing(stated) });
};
