// The table of figures. It shows what it is sent and says which row was chosen; text goes in as text, never as HTML.
(function () {
  const vscode = acquireVsCodeApi();
  const body = document.getElementById("rows");
  const filter = document.getElementById("filter");
  const faulty = document.getElementById("faulty");
  const count = document.getElementById("count");
  let rows = [];

  function cell(text, kind) {
    const td = document.createElement("td");
    td.textContent = text;
    if (kind) td.className = kind;
    return td;
  }

  function checks(row) {
    const td = document.createElement("td");
    for (const check of row.checks) {
      const line = document.createElement("div");
      line.className = check.verdict;
      line.textContent = check.text;
      td.append(line);
    }
    return td;
  }

  function matches(row) {
    const wanted = filter.value.trim();
    const text = row.text + row.counts + row.sentence;
    return (wanted === "" || text.includes(wanted)) && (!faulty.checked || row.checks.some((one) => one.verdict === "inconsistent"));
  }

  function show() {
    const shown = rows.map((row, index) => [row, index]).filter(([row]) => matches(row));
    body.replaceChildren(
      ...shown.map(([row, index]) => {
        const tr = document.createElement("tr");
        tr.tabIndex = 0;
        tr.title = row.sentence;
        tr.dataset.row = String(index);
        tr.append(cell(String(row.start.line), "line"), cell(row.text, "figure"), cell(row.counts), cell(row.exactness), checks(row));
        return tr;
      }),
    );
    count.textContent = shown.length === rows.length ? `${rows.length}个数据` : `${rows.length}个数据，显示${shown.length}个`;
  }

  function choose(event) {
    const tr = event.target.closest("tr[data-row]");
    if (tr) vscode.postMessage({ kind: "jump", row: Number(tr.dataset.row) });
  }

  body.addEventListener("click", choose);
  body.addEventListener("keydown", (event) => {
    if (event.key === "Enter") choose(event);
  });
  filter.addEventListener("input", show);
  faulty.addEventListener("change", show);
  window.addEventListener("message", ({ data }) => {
    if (data.kind === "rows") {
      rows = data.rows;
      show();
    }
  });
  vscode.postMessage({ kind: "ready" });
})();
