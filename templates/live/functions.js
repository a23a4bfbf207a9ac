// The functions that formulas are made of, as in reportgen/formula/functions.py: NaN is an error, a text is no number.
"use strict";

const NEAR = 1e-14; // a number this close to a half, relative to its size, is decided by its decimal digits
const WHOLE = 2 ** 52; // from here on every number is a whole one
const FIRST_DAY = Date.UTC(1899, 11, 30); // day 0 of Excel's serial numbers
const DAY = 86400000;
const POWERS = Array.from({ length: 16 }, (_, digits) => 10 ** digits);

// Texts become errors; true and false become 1 and 0.
function num(value) {
  return typeof value === "string" ? NaN : +value;
}

// Most rates of growth are 0, and powers take longer than anything else.
function power(base, exponent) {
  return base === 1 ? 1 : Math.pow(base, exponent);
}

function ifError(value, otherwise) {
  return typeof value === "number" && !Number.isFinite(value) ? otherwise : value;
}

// Excel's ROUND: half away from zero on the fifteen significant decimal digits of a number.
function round(value, digits) {
  const scale = POWERS[digits];
  const size = Math.abs(value) * scale;
  if (!(size < WHOLE)) return value;
  const whole = Math.floor(size + 0.5);
  if (Math.abs(size - whole) >= 0.5 - NEAR * Math.max(size, 1)) return roundByDigits(value, digits);
  return (value < 0 ? -whole : whole) / scale + 0;
}

function roundByDigits(value, digits) {
  const exact = Math.abs(value).toExponential(60);
  const exponent = Number(exact.slice(exact.indexOf("e") + 1));
  const all = exact.slice(0, exact.indexOf("e")).replace(".", "");
  let shown = BigInt(all.slice(0, 15));
  const rest = all.slice(15), half = "5".padEnd(rest.length, "0");
  if (rest > half || (rest === half && shown % 2n === 1n)) shown += 1n; // fifteen digits: half to even
  const dropped = 14 - exponent - digits;
  if (dropped <= 0) return Math.sign(value) * Number(`${shown}e${exponent - 14}`);
  const unit = 10n ** BigInt(dropped);
  return Math.sign(value) * Number(`${(shown + unit / 2n) / unit}e${-digits}`) + 0;
}

function roundUp(value, digits) {
  const scale = 10 ** digits;
  return (Math.sign(value) * Math.ceil(Math.abs(value) * scale)) / scale + 0;
}

function roundDown(value, digits) {
  const scale = 10 ** digits;
  return (Math.sign(value) * Math.floor(Math.abs(value) * scale)) / scale + 0;
}

// The same day of the month some months later; the 31st becomes the last day of a shorter month.
function addMonths(day, months) {
  const start = new Date(FIRST_DAY + Math.trunc(day) * DAY);
  const month = start.getUTCMonth() + Math.trunc(months), year = start.getUTCFullYear();
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return (Date.UTC(year, month, Math.min(start.getUTCDate(), last)) - FIRST_DAY) / DAY;
}

// Texts put together; numbers with up to fifteen digits, as Excel and Python's %.15g write them.
function join(first, second) {
  return isError(first) || isError(second) ? NaN : words(first) + words(second);
}

function isError(value) {
  return typeof value === "number" && !Number.isFinite(value);
}

function words(value) {
  if (typeof value === "string") return value;
  const number = Number((+value).toPrecision(15)), size = Math.abs(number);
  if (size === 0 || (size >= 1e-4 && size < 1e15)) return `${number}`;
  const [digits, exponent] = number.toExponential().split("e");
  return `${digits}e${exponent[0]}${exponent.slice(1).padStart(2, "0")}`;
}

// Aggregates of `count` values of an array from `first`; texts and errors count in `sum` alone.
function sum(values, first, count) {
  let total = 0;
  for (let i = first; i < first + count; i++) total += values[i];
  return total;
}

function sumProduct(left, first, count, right, second, others) {
  let total = 0;
  const many = Math.max(count, others);
  for (let i = 0; i < many; i++) total += left[first + (count > 1 ? i : 0)] * right[second + (others > 1 ? i : 0)];
  return total;
}

function finite(values, first, count) {
  const found = [];
  for (let i = first; i < first + count; i++) {
    const value = num(values[i]);
    if (Number.isFinite(value)) found.push(value);
  }
  return found;
}

function sumNumbers(values, first, count) {
  return finite(values, first, count).reduce((total, value) => total + value, 0);
}

function least(values, first, count) {
  const found = finite(values, first, count);
  return found.length ? Math.min(...found) : 0;
}

function most(values, first, count) {
  const found = finite(values, first, count);
  return found.length ? Math.max(...found) : 0;
}

function nthLeast(values, first, count, rank) {
  return finite(values, first, count).sort((a, b) => a - b)[rank - 1] ?? NaN;
}

// The numbers of a line, the largest first, and one of them by its rank.
function falling(values, first, count) {
  return finite(values, first, count).sort((a, b) => b - a);
}

function ranked(sorted, rank) {
  return sorted[Math.trunc(rank) - 1] ?? NaN;
}

// Look-ups: positions count from 1, NaN where there is none.
const LOWER = new Map(); // texts in small letters: the names of runs are compared many times

function lower(text) {
  let small = LOWER.get(text);
  if (small === undefined) LOWER.set(text, (small = text.toLowerCase()));
  return small;
}

function same(first, second) {
  if (first === second) return true;
  const isText = typeof first === "string";
  if (isText !== (typeof second === "string")) return false;
  return isText ? first.length === second.length && lower(first) === lower(second) : +first === +second;
}

function sumWhere(values, first, count, keys, from, _, wanted) {
  let total = 0;
  for (let i = 0; i < count; i++) if (same(keys[from + i], wanted)) total += values[first + i];
  return total;
}

function at(values, first, count, position) {
  return position >= 1 && position < count + 1 ? values[first + Math.trunc(position) - 1] : NaN;
}

function placeOf(values, first, count, wanted) {
  for (let i = 0; i < count; i++) if (same(values[first + i], wanted)) return i + 1;
  return NaN;
}

function lastNotAbove(values, first, count, wanted) {
  let place = 0;
  while (place < count && values[first + place] <= wanted) place++;
  return place || NaN;
}

function latest(dates, first, count, day) {
  let found = -Infinity;
  for (let i = first; i < first + count; i++) if (dates[i] <= day && dates[i] > found) found = dates[i];
  return found === -Infinity ? NaN : found;
}
