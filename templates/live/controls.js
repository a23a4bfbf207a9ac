// The controls: a slider and a number for every assumption, each with its name, unit, bounds and value as issued.
const changes = new Map(); // path of an assumption: its value here
CASE.controls = CASE.controls.map((control) => ({ ...CASE.usual, ...control }));
const controls = new Map(CASE.controls.map((control) => [control.path, control]));
const volumeFactor = controls.get("workload.volume_factor");
const shownControls = new Map(); // path: what to call when its value changed elsewhere
const SLIDER_STEPS = 200;

function valueOf(control) {
  return changes.get(control.path) ?? control.value;
}

function isLogarithmic(control) {
  return /\.(tokens_per_month|volume_factor)$/.test(control.path) && control.value > 0;
}

// Where the slider begins and ends: the range of the case, or what is usual for the kind of number, within the bounds.
function sliderEnds(control) {
  const { value, low, high, least, most, kind } = control;
  if (isLogarithmic(control)) return [value / 20, value * 20];
  if (low !== null && high !== null && low < high) return [Math.min(low, value), Math.max(high, value)];
  if (kind === "share" && least !== null && most !== null) return [least, most];
  const from = Math.max(value ? Math.min(value * 0.25, value * 2) : 0, least ?? -Infinity);
  const to = Math.min(value ? Math.max(value * 0.25, value * 2) : control.whole ? 10 : 1, most ?? Infinity);
  return from < to ? [from, to] : [value - 1, value + 1];
}

function bounded(control, value) {
  if (!Number.isFinite(value)) return null;
  if (control.whole && !Number.isInteger(value)) return null;
  if (control.least !== null && (control.open ? value <= control.least : value < control.least)) return null;
  if (control.most !== null && value > control.most) return null;
  return value;
}

function boundsText(control) {
  const factor = control.kind === "share" ? 100 : 1, parts = [];
  if (control.least !== null) parts.push(`${control.open ? "above" : "from"} ${plain(control.least * factor)}`);
  if (control.most !== null) parts.push(`up to ${plain(control.most * factor)}`);
  return parts.join(", ") || "any number";
}

function controlElement(control, place) {
  const id = `live-${place}`, factor = control.kind === "share" ? 100 : 1, [low, high] = sliderEnds(control);
  const toSlider = (value) => (isLogarithmic(control) ? (Math.log(value / low) / Math.log(high / low)) * SLIDER_STEPS : value * factor);
  const fromSlider = (shown) => {
    const value = isLogarithmic(control) ? Number((low * (high / low) ** (shown / SLIDER_STEPS)).toPrecision(3)) : shown / factor;
    return control.whole ? Math.round(value) : value;
  };
  const step = control.whole ? 1 : Number((((high - low) * factor) / SLIDER_STEPS).toPrecision(1));
  const unit = control.kind === "share" ? "%" : control.kind === "factor" ? "" : control.unit;
  const number = html("input", { type: "number", id, step: control.whole ? 1 : "any", "aria-describedby": `${id}-says`, inputmode: "decimal" });
  const slider = html("input", {
    type: "range", id: `${id}-slider`, "aria-label": `${control.label}, slider`,
    min: isLogarithmic(control) ? 0 : Math.floor((low * factor) / step) * step, max: isLogarithmic(control) ? SLIDER_STEPS : Math.ceil((high * factor) / step) * step, step: isLogarithmic(control) ? 1 : step,
  });
  const says = html("span", { class: "says", id: `${id}-says` });
  const element = html("div", { class: "control" }, html("label", { for: id }, control.label, html("span", { class: "unit" }, unit ? ` (${unit})` : "")), html("div", { class: "entry" }, slider, number), says);
  const show = () => {
    const value = valueOf(control), changed = changes.has(control.path);
    number.value = `${Number((value * factor).toPrecision(8))}`;
    slider.value = `${toSlider(value)}`;
    slider.setAttribute("aria-valuetext", valueText(control, value));
    number.removeAttribute("aria-invalid");
    says.textContent = changed ? `issued ${valueText(control, control.value)}` : boundsText(control);
    element.classList.toggle("moved", changed);
  };
  const set = (value) => {
    if (bounded(control, value) === null) {
      number.setAttribute("aria-invalid", "true");
      says.textContent = `must be ${control.whole ? "a whole number " : ""}${boundsText(control)}`;
      return;
    }
    change(control, value);
  };
  slider.addEventListener("input", () => set(fromSlider(Number(slider.value))));
  number.addEventListener("input", () => number.value !== "" && set(Number(number.value) / factor, true));
  number.addEventListener("blur", show);
  shownControls.set(control.path, () => (document.activeElement === number ? showBeside() : show()));
  const showBeside = () => {
    slider.value = `${toSlider(valueOf(control))}`;
    slider.setAttribute("aria-valuetext", valueText(control, valueOf(control)));
    number.removeAttribute("aria-invalid");
    says.textContent = changes.has(control.path) ? `issued ${valueText(control, control.value)}` : boundsText(control);
    element.classList.toggle("moved", changes.has(control.path));
  };
  show();
  return element;
}

// A risk: a switch that leaves it out, and its probability.
function riskElement(risk, place) {
  const control = controls.get(risk.path), id = `live-risk-${place}`;
  if (!control) return html("div");
  const toggle = html("input", { type: "checkbox", role: "switch", id, "aria-label": `Count the risk: ${risk.name}` });
  const show = () => (toggle.checked = valueOf(control) > 0);
  toggle.addEventListener("change", () => change(control, toggle.checked ? control.value || 0.5 : 0));
  const element = html("div", { class: "risk" }, toggle, controlElement(control, `r${place}`));
  const showNumber = shownControls.get(control.path);
  shownControls.set(control.path, () => (show(), showNumber()));
  show();
  return element;
}

function change(control, value) {
  if (Math.abs(value - control.value) <= 1e-12 * Math.abs(control.value)) changes.delete(control.path);
  else changes.set(control.path, value);
  shownControls.get(control.path)?.();
  requestUpdate();
}

// The other assumptions, those that a search finds.
const MOST_FOUND = 25;

function showFound() {
  const words = document.getElementById("live-search").value.toLowerCase().split(/\s+/).filter(Boolean);
  const others = CASE.controls.filter((control) => control.first < 0 && !control.risk);
  const found = others.filter((control) => words.every((word) => `${control.label} ${control.group} ${control.path}`.toLowerCase().includes(word)));
  for (const control of others) shownControls.delete(control.path);
  document.getElementById("live-rest").replaceChildren(...found.slice(0, MOST_FOUND).map((control) => controlElement(control, `o${CASE.controls.indexOf(control)}`)));
  document.getElementById("live-found").textContent = found.length > MOST_FOUND ? `${found.length} found, the first ${MOST_FOUND} shown` : `${found.length} found`;
}

function buildControls() {
  const first = CASE.controls.filter((control) => control.first >= 0 && !control.risk).sort((a, b) => a.first - b.first);
  document.getElementById("live-first").replaceChildren(...first.map((control, place) => controlElement(control, place)));
  const risks = document.getElementById("live-risks");
  risks.hidden = !CASE.risks.length;
  CASE.risks.forEach((risk, place) => risks.append(riskElement(risk, place)));
  const scenarios = document.getElementById("live-scenario");
  document.getElementById("live-scenarios").hidden = !CASE.scenarios.length;
  scenarios.append(html("option", { value: "-1" }, "As in the base case"), ...CASE.scenarios.map((one, place) => html("option", { value: place }, one.name)));
  scenarios.addEventListener("change", () => ((scenario = Number(scenarios.value)), requestUpdate()));
  document.getElementById("live-search").addEventListener("input", showFound);
  document.getElementById("live-all").addEventListener("toggle", showFound, { once: true });
  document.getElementById("live-form").addEventListener("submit", (event) => event.preventDefault());
}
