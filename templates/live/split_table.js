// The best split of the workloads: as issued, and found again with the changes; CASE.split is null where there is none.

function receiveSplit({ id, split: found }) {
  if (id !== wanted) return;
  const [{ routes, full }] = found;
  split = { routes: routes.map((option) => CASE.split.options[option]), full };
  renderSplit();
}

function isSplitAsIssued() {
  return split.routes.every((option, workload) => option === CASE.split.issued.routes[workload]);
}

function splitWords(routes) {
  if (routes.every((option) => option === routes[0])) return `all workloads on ${OPTIONS[routes[0]].short}`;
  return routes.map((option, workload) => `${CASE.split.workloads[workload]} on ${OPTIONS[option].short}`).join(", ");
}

// The lead over the best option stated: 0 where both costs are 0, null where that option's alone is.
function splitLead(full, stated) {
  return stated ? 1 - full / stated : full ? null : 0;
}

function leadWords(full, lead, stated, costs) {
  if (stated < 0) return "no option stated meets every must-have";
  if (money(full) === money(costs)) return `none over ${OPTIONS[stated].short}, the best option stated`;
  return lead === null ? `${money(costs - full)} less than ${OPTIONS[stated].short}` : `${share(lead, 1)} less than ${OPTIONS[stated].short}, the best option stated`;
}

// What became of the split, in a sentence; the search takes as long as the futures.
function splitSentence() {
  const ways = CASE.split.count === 1 ? "The one assignment that meets" : `All ${grouped(`${CASE.split.count}`)} assignments that meet`;
  const searched = `${ways} the must-haves ${CASE.split.count === 1 ? "was" : "were"} costed`;
  if (!isChanged()) return `${searched}. This is the best split as issued.`;
  if (!split) return "The best split is looked for again\u2026";
  return isSplitAsIssued() ? `${searched} again with your changes: the best split is still the one issued.` : `${searched} again with your changes: the best split differs from the one issued.`;
}

function renderSplit() {
  if (!CASE.split) return;
  const { workloads, issued: was } = CASE.split, changed = isChanged(), here = changed ? split : null;
  const heads = ["Workload", ...(changed ? ["Here"] : []), "As issued"];
  const row = (name, now, before, differs) => {
    const shown = changed ? [html("td", {}, here ? now() : "\u2026")] : [];
    return html("tr", here && differs() ? { class: "differs" } : {}, html("th", { scope: "row" }, name), ...shown, html("td", {}, before));
  };
  const rows = workloads.map((name, place) => row(name, () => OPTIONS[here.routes[place]].short, OPTIONS[was.routes[place]].short, () => here.routes[place] !== was.routes[place]));
  rows.push(
    row("Full cost", () => money(here.full), money(was.full), () => false),
    row("Lead", () => leadWords(here.full, splitLead(here.full, now.full[now.best]), now.best, now.full[now.best]), leadWords(was.full, was.lead, was.stated, issued.full[was.stated]), () => false),
  );
  find("live-split").hidden = false;
  find("live-split-words").textContent = splitSentence();
  find("live-split-table").replaceChildren(html("caption", { class: "aloud" }, "Which workload goes where"), html("thead", {}, html("tr", {}, ...heads.map((text) => html("th", { scope: "col", class: "t" }, text)))), html("tbody", {}, ...rows));
}
