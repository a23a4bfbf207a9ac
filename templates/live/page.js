// The page: what was changed, the answer that follows, the futures drawn by workers, and the ways to keep it.
const DRAWS = 10000, QUIET = 140, ALOUD = 500;
const model = new Model(), stated = Float64Array.from(MODEL.values);
const find = (id) => document.getElementById(id);
let scenario = -1, issued = null, now = null, futures = null, wanted = 0, queued = false, timer = 0, aloud = 0, workers = [], busy = 0, latest = null, behind = [], split = null, atIssue = null, isSeen = false;

function applyChanges() {
  stated.set(MODEL.values);
  for (const [path, value] of changes) stated[controls.get(path).input] = value;
  for (const [place, operation, amount] of CASE.scenarios[scenario]?.changes ?? []) {
    const looked = MODEL.looked[place];
    if (operation === SET) looked ? ((stated[looked] = 0), (stated[looked + 1] = amount)) : (stated[place] = amount);
    else if (operation === MULTIPLY) for (const slot of looked ? [looked, looked + 1] : [place]) stated[slot] *= amount;
    else stated[looked ? looked + 1 : place] += amount;
  }
}

function isChanged() {
  return changes.size > 0 || scenario >= 0;
}

function requestUpdate() {
  if (queued) return;
  queued = true;
  requestAnimationFrame(update);
}

// The answer at once, the futures when no further change comes.
function update() {
  queued = false;
  applyChanges();
  model.evaluate(stated);
  now = gather();
  issued ??= now;
  futures = isChanged() ? null : atIssue;
  split = null;
  const inSight = DRAWN.filter(isInSight);
  render(inSight);
  behind = DRAWN.filter((exhibit) => !inSight.includes(exhibit));
  wanted += 1;
  clearTimeout(timer);
  timer = setTimeout(settle, QUIET);
  clearTimeout(aloud);
  aloud = setTimeout(say, ALOUD);
}

// What follows when no further change comes: the exhibits out of sight among it.
function settle() {
  keepInAddress();
  renderExhibits(behind);
  drawFutures();
}

function nameOf(place) {
  return place < 0 ? "no option" : OPTIONS[place].name;
}

// Whom a superlative ranks, where not every option may be chosen.
const OF_ELIGIBLE = OPTIONS.every((option) => option.eligible) ? "" : " of the eligible options";

function headline(at) {
  if (at.best < 0) return "No option meets every must-have";
  const ahead = at.next < 0 ? "" : `, ${share(at.lead, 1)} less than ${nameOf(at.next)}`;
  return `${nameOf(at.best)} has the lowest full cost${OF_ELIGIBLE} over ${CASE.horizon}: ${money(at.full[at.best])}${ahead}`;
}

// The confidence word with its reasons, by the rules of the paper's method; null while futures are drawn.
function word(at, drawn) {
  if (at.best < 0 || at.next < 0) return { verdict: null, reasons: [] };
  const reasons = [], key = (place) => OPTIONS[place].short;
  if (at.lead < 0.05) reasons.push(`lead below ${share(0.05)}`);
  if (drawn && drawn.cheapest[at.best] < 0.6) reasons.push(`cheapest in fewer than ${share(0.6)} of futures`);
  if (drawn?.joint >= 0 && drawn.joint !== at.best) reasons.push(`${key(drawn.joint)} is first where risks meet in one run`);
  if (drawn?.mean >= 0 && drawn.mean !== at.best) reasons.push(`${key(drawn.mean)} is first on the average of the futures`);
  if (Math.min(at.full[at.best], at.full[at.next]) <= 0) reasons.push("a full cost is not above 0");
  if (reasons.length) return { verdict: "too close to call", reasons };
  const unanswered = [...new Set([...CASE.unanswered[KEYS[at.best]], ...CASE.unanswered[KEYS[at.next]]])];
  if (unanswered.length) return { verdict: "open", reasons: unanswered.map((part) => `not quantified: ${part}`) };
  if (!VARIABLES.ranges.length) return { verdict: "untested", reasons: ["no assumption has a range"] };
  if (!drawn?.switching) return null;
  if (at.lead < 0.15) reasons.push(`lead below ${share(0.15)}`);
  if (drawn.cheapest[at.best] < 0.8) reasons.push(`cheapest in fewer than ${share(0.8)} of futures`);
  if (drawn.switching.length) reasons.push(`changes within the range of ${listed(drawn.switching)}`);
  return { verdict: reasons.length ? "leaning" : "robust", reasons };
}

function listed(names) {
  if (names.length === 1) return names[0];
  return names.length <= 3 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : `${names.slice(0, 3).join(", ")} and ${names.length - 3} more`;
}

function countText() {
  const parts = [];
  if (changes.size) parts.push(changes.size === 1 ? "1 assumption changed here" : `${changes.size} assumptions changed here`);
  if (scenario >= 0) parts.push(`prices: ${CASE.scenarios[scenario].name}`);
  return parts.length ? `${parts.join(", ")}; the paper's figures are those issued` : "nothing changed: the figures are those issued";
}

// What the paper says and what no longer holds here.
function brokenSentences(found) {
  const out = [];
  if (issued.best !== now.best) out.push([`${nameOf(issued.best)} has the lowest full cost${OF_ELIGIBLE}`, `here ${nameOf(now.best)}`]);
  else if (issued.next >= 0 && (issued.next !== now.next || share(issued.lead, 1) !== share(now.lead, 1))) {
    out.push([`it costs ${share(issued.lead, 1)} less than ${nameOf(issued.next)}`, `here ${share(now.lead, 1)} less than ${nameOf(now.next)}`]);
  }
  if (found?.verdict && found.verdict !== CASE.issued.verdict) out.push([`the answer is ${CASE.issued.verdict}`, `here ${found.verdict}`]);
  if (split && !isSplitAsIssued()) out.push([`the best split is ${splitWords(CASE.split.issued.routes)}`, `here ${splitWords(split.routes)}`]);
  OPTIONS.forEach((option, place) => {
    if (monthWords(issued.months[place]) !== monthWords(now.months[place])) out.push([`${option.short}: break-even ${monthWords(issued.months[place])}`, `here ${monthWords(now.months[place])}`]);
    if (breakEvenWords(issued, place) !== breakEvenWords(now, place)) out.push([`${option.short}: ${breakEvenWords(issued, place)}`, `here ${breakEvenWords(now, place)}`]);
  });
  return out;
}

function render(exhibits = DRAWN) {
  const changed = isChanged(), found = changed ? word(now, futures) : { verdict: CASE.issued.verdict, reasons: CASE.issued.reasons };
  document.body.classList.toggle("changed", changed);
  find("live-headline").textContent = headline(now);
  find("live-verdict").textContent = !found ? "How sure that is: futures are being drawn\u2026" : found.verdict ? `How sure that is: ${found.verdict}${found.reasons.length ? ` (${found.reasons.join("; ")})` : ""}` : "";
  find("live-issued").textContent = changed ? `As issued: ${headline(issued)}${CASE.issued.verdict ? ` (${CASE.issued.verdict})` : ""}.` : "These are the figures issued: nothing is changed.";
  const broken = changed ? brokenSentences(found) : [];
  find("live-broken").hidden = !broken.length;
  find("live-broken").replaceChildren(...broken.map(([was, here]) => html("li", {}, "No longer holds: ", html("s", {}, was), `; ${here}`)));
  find("live-bar").hidden = !changed;
  find("live-bar-answer").textContent = headline(now);
  find("live-bar-count").textContent = countText();
  markPaper(changed);
  glance(find("live-glance"), now, issued, futures);
  renderSplit();
  renderExhibits(exhibits);
}

// A change is answered with the exhibits in sight; the others follow when no further change comes.
function isInSight(exhibit) {
  const box = find(`live-x-${exhibit.id}`)?.getBoundingClientRect();
  return !box || (box.top < window.innerHeight && box.bottom > 0);
}

function renderExhibits(exhibits) {
  const parent = find("live-exhibits");
  for (const exhibit of exhibits) {
    const chart = exhibit.chart(now, issued), id = `live-x-${exhibit.id}`;
    let figure = find(id);
    if (!figure) parent.append((figure = html("figure", { id }, html("figcaption", {}, html("h3", {}), html("p", { class: "un" }, exhibit.note), html("p", { class: "un words" })), html("div", { class: "chart", tabindex: "0", role: "group" }))));
    figure.hidden = !chart;
    if (!chart) continue;
    figure.querySelector("h3").textContent = exhibit.title(now);
    figure.querySelector(".words").textContent = exhibit.words ?? "";
    const box = figure.querySelector(".chart");
    box.setAttribute("aria-label", `${exhibit.title(now)}, scrolls sideways`);
    box.replaceChildren(chart);
  }
}

// The paper beside the changes: marked as issued, its headline as one that no longer holds where it does not.
function markPaper(changed) {
  for (const note of document.querySelectorAll("p.as-issued")) note.hidden = !changed;
  const title = find("decision");
  if (!title) return;
  const stands = now.best === issued.best;
  find("live-decision-note").hidden = !changed;
  find("live-decision-note").textContent = stands ? "As issued. With your changes the same option has the lowest full cost; the figures are those issued." : `No longer holds with your changes: ${headline(now)}.`;
  title.classList.toggle("broken", changed && !stands);
}

function prepareMarks() {
  for (const section of document.querySelectorAll("section.sec:not(.live):not(#contents)")) {
    const parent = section.querySelector("details") ?? section, note = html("p", { class: "as-issued" }, "As issued: these figures do not follow your changes");
    note.hidden = true;
    parent.insertBefore(note, parent.querySelector("summary")?.nextSibling ?? parent.firstChild);
  }
  const note = html("p", { id: "live-decision-note", class: "decision-note" });
  note.hidden = true;
  find("decision")?.after(note);
}

function say() {
  const other = split && !isSplitAsIssued() ? ` The best split here is ${splitWords(split.routes)}.` : "";
  find("live-said").textContent = isChanged() ? `${headline(now)}. ${countText()}.${other}` : "";
}

// Futures: split over the workers; an answer to an older question is dropped.
function startWorkers() {
  const source = [find("engine").textContent, find("worker-source").textContent];
  const address = URL.createObjectURL(new Blob(source, { type: "text/javascript" }));
  const count = Math.min(Math.max(navigator.hardwareConcurrency || 2, 1), 4);
  workers = Array.from({ length: count }, () => new Worker(address));
  for (const worker of workers) worker.onmessage = ({ data }) => receive(data);
}

function drawFutures() {
  const draws = VARIABLES.changed.length > 0 && (isSeen || isChanged()), splits = SPLIT !== null && isChanged();
  if (!draws && !splits) return;
  if (!workers.length) startWorkers();
  if (busy) return void (latest = wanted);
  latest = null;
  busy = (draws ? workers.length + 1 : 0) + (splits ? 1 : 0);
  const share = Math.ceil(DRAWS / workers.length);
  gathered = { id: wanted, started: performance.now(), parts: [] };
  if (draws) workers.forEach((worker, place) => worker.postMessage({ id: wanted, stated, first: place * share, last: Math.min(DRAWS, (place + 1) * share) }));
  if (splits) workers.at(-1).postMessage({ id: wanted, stated, split: true });
}

let gathered = null;

function receive(data) {
  busy -= 1;
  if (data.tco) gathered.parts.push(data);
  else if (data.split) receiveSplit(data);
  else Object.assign(gathered, data);
  if (gathered.parts.length === workers.length && !gathered.drawn) summarise();
  if (!busy) {
    if (gathered.id === wanted) finish();
    if (latest !== null || gathered.id !== wanted) drawFutures();
  }
}

function summarise() {
  const n = OPTIONS.length, tco = OPTIONS.map(() => new Float64Array(DRAWS)), core = OPTIONS.map(() => new Float64Array(DRAWS));
  for (const part of gathered.parts) for (let option = 0; option < n; option++) {
    tco[option].set(part.tco.subarray(option * part.count, (option + 1) * part.count), part.first);
    core[option].set(part.core.subarray(option * part.count, (option + 1) * part.count), part.first);
  }
  const wins = new Array(n).fill(0), row = new Array(n);
  for (let future = 0; future < DRAWS; future++) {
    for (let option = 0; option < n; option++) row[option] = core[option][future];
    const best = firstLowest(row, VARIABLES.eligible);
    if (best >= 0) wins[best] += 1;
  }
  const means = core.map((costs) => costs.reduce((sum, cost) => sum + cost, 0) / DRAWS);
  gathered.drawn = { cheapest: wins.map((count) => count / DRAWS), mean: VARIABLES.ranges.length ? firstLowest(means, VARIABLES.eligible) : -1, sorted: tco.map((costs) => costs.sort()), milliseconds: performance.now() - gathered.started };
  document.documentElement.dataset.drawn = gathered.drawn.milliseconds.toFixed(0);
  if (gathered.id === wanted) show(gathered.drawn);
}

function finish() {
  const { drawn, joint, switching } = gathered;
  if (!drawn) render();
  else show({ ...drawn, joint: joint ? firstLowest(joint, VARIABLES.eligible) : -1, switching });
  document.documentElement.dataset.settled = `${wanted}`;
}

function show(found) {
  futures = found;
  if (!isChanged() && found.switching) atIssue = found;
  render();
}

const FUTURES = {
  id: "futures", title: () => `${grouped(`${DRAWS}`)} futures`, note: "Chance that TCO with risks and ranges stays at or below an amount.",
  chart() {
    if (!futures || now.best < 0) return null;
    const shown = [now.best, now.next].filter((place) => place >= 0), all = shown.map((place) => futures.sorted[place]);
    const low = Math.min(...all.map((costs) => costs[100])), high = Math.max(...all.map((costs) => costs[DRAWS - 100]));
    const x = scale(low, high, 64, WIDTH - 150), y = scale(0, 1, 240, 12), out = [];
    for (const tick of [0, 0.25, 0.5, 0.75, 1]) out.push(draw("line", { x1: 64, x2: WIDTH - 150, y1: y(tick), y2: y(tick), stroke: "#D5DBE0" }), label(58, y(tick) + 4, share(tick), { end: true, mute: true, size: 11.5 }));
    for (const tick of ticks(low, high, 5)) out.push(label(x(tick), 262, tickMoney(tick), { middle: true, mute: true, size: 11.5 }));
    shown.forEach((place, row) => {
      const costs = all[row], points = Array.from({ length: 101 }, (_, i) => Math.round((i * (DRAWS - 1)) / 100)).filter((i) => costs[i] >= low && costs[i] <= high);
      out.push(draw("polyline", { points: points.map((i) => `${x(costs[i]).toFixed(1)},${y((i + 1) / DRAWS).toFixed(1)}`).join(" "), fill: "none", stroke: OPTIONS[place].fill, "stroke-width": row ? 1.8 : 3 }));
      out.push(draw("rect", { x: WIDTH - 144, y: 14 + 16 * row, width: 9, height: 9, fill: OPTIONS[place].fill }), label(WIDTH - 131, 23 + 16 * row, shortened(OPTIONS[place].short, 19), { bold: !row, size: 11.5 }));
    });
    const costs = all[0], option = OPTIONS[now.best], asked = issued.tco[now.best] + (option.contingency ?? 0);
    const enough = costs.filter((cost) => cost <= asked + 1e-9 * Math.max(Math.abs(asked), 1)).length / DRAWS, most = costs[Math.min(DRAWS - 1, Math.ceil(CASE.confidence * DRAWS - 1e-9) - 1)];
    if (asked >= low && asked <= high) out.push(draw("line", { x1: x(asked), x2: x(asked), y1: 12, y2: 240, stroke: "#1B2733", "stroke-dasharray": "3 3" }));
    const words = `${option.short}: half of the futures cost at most ${money(costs[DRAWS / 2])}, ${share(CASE.confidence)} at most ${money(most)}; TCO and contingency as issued, ${money(asked)}, are enough in ${share(enough)}`;
    this.words = words;
    return picture(270, words, ...out);
  },
};

const DRAWN = [...EXHIBITS, FUTURES];

// Keeping changes: in the address, as YAML for `reportgen adopt`, or not at all.
function keepInAddress() {
  const parts = [...changes].map(([path, value]) => `${encodeURIComponent(path)}=${value}`);
  if (scenario >= 0) parts.push(`scenario=${encodeURIComponent(CASE.scenarios[scenario].name)}`);
  const has = location.hash.includes("=");
  if (parts.length) history.replaceState(null, "", `#${parts.join("&")}`);
  else if (has) history.replaceState(null, "", location.pathname + location.search);
}

function readAddress() {
  if (!location.hash.includes("=")) return false;
  changes.clear();
  scenario = -1;
  for (const part of location.hash.slice(1).split("&")) {
    const at = part.indexOf("="), path = safely(part.slice(0, at)), text = safely(part.slice(at + 1));
    if (path === "scenario") scenario = CASE.scenarios.findIndex((one) => one.name === text);
    const control = controls.get(path), value = bounded(control ?? {}, Number(text));
    if (control && text !== "" && value !== null) changes.set(path, value);
  }
  return true;
}

function safely(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

function showControls() {
  for (const show of shownControls.values()) show();
  find("live-scenario").value = `${scenario}`;
}

function reset() {
  changes.clear();
  scenario = -1;
  showControls();
  requestUpdate();
}

function quoted(text) {
  return JSON.stringify(text);
}

function changesAsYaml() {
  const out = [`# Changes made in the web page of ${quoted(CASE.title)}, edition ${CASE.edition}; take them over with: reportgen adopt THIS-FILE --into ${CASE.file}`.replaceAll("\n", " "), "changes_of:", `  case: ${quoted(CASE.file)}`, `  fingerprint: ${CASE.fingerprint}`, "changes:"];
  for (const [path, value] of changes) out.push(`  ${path}: {was: ${controls.get(path).value}, now: ${value}}`);
  return `${out.join("\n")}\n`;
}

function save() {
  if (!changes.size) return tell("Nothing is changed: there is nothing to save");
  const address = URL.createObjectURL(new Blob([changesAsYaml()], { type: "application/yaml" }));
  const link = html("a", { href: address, download: `${CASE.file.replace(/\.ya?ml$/, "")}-changes.yaml` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
  tell("The changes are saved as YAML");
}

async function copyLink() {
  keepInAddress();
  try {
    await navigator.clipboard.writeText(location.href);
    tell("The link with your changes is copied");
  } catch {
    tell("The address of the page holds your changes: copy it from there");
  }
}

function tell(words) {
  find("live-said").textContent = words;
}

function start() {
  if (!find("live")) return;
  buildControls();
  prepareMarks();
  const linked = readAddress();
  find("live").hidden = false;
  if (linked) {
    model.evaluate(MODEL.values);
    issued = gather();
    showControls();
  }
  const actions = { reset, save, link: copyLink };
  for (const button of document.querySelectorAll("[data-live]")) button.addEventListener("click", actions[button.dataset.live]);
  window.addEventListener("hashchange", () => readAddress() && (showControls(), requestUpdate()));
  window.addEventListener("beforeprint", () => document.querySelectorAll("#paper details").forEach((one) => (one.open = true)));
  update();
  // Futures cost seconds of a slow device: they are drawn once the live model is looked at, or something is changed
  new IntersectionObserver((entries, observer) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    isSeen = true;
    drawFutures();
  }).observe(find("live"));
}

start();
