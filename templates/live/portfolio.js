// The portfolio: a table is sorted by the column whose head is pressed; totals stay below.
"use strict";
const UNITS = { k: 1e3, M: 1e6, bn: 1e9, tn: 1e12 };

// A cell as what it is sorted by: a number with its unit, or its text.
function sortKey(cell) {
  const text = cell?.textContent.trim() ?? "";
  const found = /^(\u2212?)[^\d\u2212]*([\d,]*\.?\d+)\s*(k|M|bn|tn)?$/.exec(text);
  if (!found) return /^\u2013?$/.test(text) ? Infinity : text.toLowerCase();
  return (found[1] ? -1 : 1) * Number(found[2].replaceAll(",", "")) * (UNITS[found[3]] ?? 1);
}

function sortBy(table, place, head) {
  const body = table.tBodies[0], up = head.getAttribute("aria-sort") !== "ascending";
  const rows = [...body.rows].filter((row) => !row.classList.contains("total"));
  rows.sort((a, b) => {
    const [first, second] = [sortKey(a.cells[place]), sortKey(b.cells[place])];
    const order = typeof first === typeof second ? (first < second ? -1 : first > second ? 1 : 0) : typeof first === "number" ? -1 : 1;
    return up ? order : -order;
  });
  for (const one of table.tHead.rows[0].cells) one.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", up ? "ascending" : "descending");
  body.prepend(...rows);
}

for (const table of document.querySelectorAll("#answers-table table")) {
  [...table.tHead.rows[0].cells].forEach((head, place) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.textContent = head.textContent;
    button.addEventListener("click", () => sortBy(table, place, head));
    head.replaceChildren(button);
  });
}
