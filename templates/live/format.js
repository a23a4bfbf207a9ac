// Numbers as the paper prints them: amounts, shares, volumes, in the notation of its locale.
const SIGNS = CASE.notation, MINUS = "\u2212", NBSP = "\u00a0";

function grouped(whole) {
  return SIGNS.indian
    ? whole.replace(/(?<=\d)(?=(?:\d\d)*\d\d\d$)/g, ",").replaceAll(",", SIGNS.group)
    : whole.replace(/\B(?=(\d{3})+$)/g, SIGNS.group);
}

function fixed(value, decimals) {
  const [whole, part] = Math.abs(value).toFixed(decimals).split(".");
  return grouped(whole) + (part ? SIGNS.point + part : "");
}

// Up to `digits` significant digits, without trailing zeros.
function plain(value, digits = 6) {
  if (!Number.isFinite(value)) return "none";
  const number = Number(value.toPrecision(digits)), shown = `${Math.abs(number)}`;
  const [whole, part] = shown.includes("e") ? [Math.abs(number).toFixed(0)] : shown.split(".");
  return (number < 0 ? MINUS : "") + grouped(whole) + (part ? SIGNS.point + part : "");
}

function money(value) {
  if (!Number.isFinite(value)) return "not quantified";
  const size = Math.abs(value);
  const [, divisor, decimals, unit] = SIGNS.cents && size < 99999.5 ? [0, 1, 2, ""] : SIGNS.table.find((row) => size < row[0]) ?? SIGNS.table.at(-1);
  const number = fixed(size / divisor, decimals);
  return (value < 0 && /[1-9]/.test(number) ? MINUS : "") + SIGNS.symbol + number + unit;
}

function signedMoney(value) {
  const amount = money(value);
  return value > 0 && /[1-9]/.test(amount) ? `+${amount}` : amount;
}

function price(value) {
  return SIGNS.symbol + plain(value, 3);
}

function share(value, decimals = 0) {
  if (!Number.isFinite(value)) return "none";
  return SIGNS.percent.replace("{}", (value < 0 && Math.abs(value) >= 0.5 / 10 ** (decimals + 2) ? MINUS : "") + plain(Math.abs(Number((100 * value).toFixed(decimals)))));
}

// A number of tokens, given in millions.
function volume(millions) {
  const tokens = Number((millions * 1e6).toPrecision(3));
  const [divisor, unit] = [[1e12, "tn"], [1e9, "bn"], [1e6, "M"], [1e3, "k"]].find(([limit]) => tokens >= limit) ?? [1, ""];
  return plain(tokens / divisor) + unit;
}

// The value of an assumption, as its control says it.
function valueText(control, value) {
  if (control.kind === "share") return share(value, 2);
  return control.kind === "factor" ? plain(value) : `${plain(value)} ${control.unit}`.trim();
}
