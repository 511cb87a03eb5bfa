// Substring search over normalised text; model/names.py and site/searching.py do the same, a test holds them together.
(function () {
  "use strict";
  var MOST = 30;

  function normalised(text) {
    var folded = text.normalize("NFKC").toLowerCase();
    hazama.spellings.forEach(function (pair) { folded = folded.split(pair[0]).join(pair[1]); });
    var kept = "";
    Array.from(folded).forEach(function (sign) {
      var hiragana = sign >= "ァ" && sign <= "ヶ" ? String.fromCodePoint(sign.codePointAt(0) - 96) : sign;
      if (hazama.dropped.indexOf(hiragana) < 0) { kept += hiragana; }
    });
    return kept;
  }

  function words(query) {
    return query.split(/\s+/).map(normalised).filter(Boolean);
  }

  // What a record can be found by: its names and its place, made alike once, and the texts that come made alike.
  function formOf(record) {
    if (record.length < 6) {
      var place = record[1].replace(/\.html$/, "").split(/[/#]/).pop();
      record.push([record[2], record[3], record[2].replace("第", ""), place].map(normalised).concat(record[4]).join("\n"));
    }
    return record[5];
  }

  // Whether that is just what the record is called; the kind of such a record comes first, unless it is a mere word.
  function isName(record, query) {
    var form = normalised(query);
    return form === normalised(record[2]) || form === normalised(record[3]);
  }

  // Records that hold every word; those whose name holds the first word come first, else in the order of the tables.
  function found(query) {
    var wanted = words(query);
    if (!wanted.length) { return []; }
    return hazama.records.filter(function (record) {
      var form = formOf(record);
      return wanted.every(function (word) { return form.indexOf(word) >= 0; });
    });
  }

  // The shortest stretch of the text as people see it whose normalised form holds the word: [from, to] or null.
  function stretch(text, word) {
    var signs = Array.from(text), to = 0;
    while (to < signs.length && normalised(signs.slice(0, to + 1).join("")).indexOf(word) < 0) { to += 1; }
    if (to === signs.length) { return null; }
    var from = to;
    while (from > 0 && normalised(signs.slice(from, to + 1).join("")).indexOf(word) < 0) { from -= 1; }
    return [signs.slice(0, from).join("").length, signs.slice(0, to + 1).join("").length];
  }

  function marked(element, text, wanted) {
    var spans = wanted.map(function (word) { return stretch(text, word); }).filter(Boolean);
    spans.sort(function (a, b) { return a[0] - b[0]; });
    var at = 0;
    spans.forEach(function (span) {
      if (span[0] < at) { return; }
      element.append(text.slice(at, span[0]));
      var mark = document.createElement("mark");
      mark.textContent = text.slice(span[0], span[1]);
      element.append(mark);
      at = span[1];
    });
    element.append(text.slice(at));
  }

  function hit(record, wanted, up, english) {
    var item = document.createElement("li"), link = document.createElement("a");
    link.href = up + record[1];
    if (english && !record[3]) { link.lang = "ja"; }
    marked(link, english && record[3] ? record[3] : record[2], wanted);
    item.append(link);
    return item;
  }

  function section(kind, records, wanted, form, english) {
    var part = document.createElement("section"), heading = document.createElement("h2"), list = document.createElement("ul");
    heading.textContent = hazama.kinds[kind][english ? 2 : 1] + " ";
    var count = document.createElement("span");
    count.className = "count";
    count.textContent = String(records.length);
    heading.append(count);
    list.className = "hits";
    records.slice(0, MOST).forEach(function (record) { list.append(hit(record, wanted, document.documentElement.dataset.up, english)); });
    part.append(heading, list);
    if (records.length > MOST) { part.append(more(list, records, wanted, form, english)); }
    return part;
  }

  function more(list, records, wanted, form, english) {
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = form.dataset.more.replace("#", String(records.length - MOST));
    button.addEventListener("click", function () {
      records.slice(MOST).forEach(function (record) { list.append(hit(record, wanted, document.documentElement.dataset.up, english)); });
      button.remove();
    });
    return button;
  }

  function show(form) {
    var query = form.elements.q.value, wanted = words(query), records = found(query);
    var english = document.documentElement.lang === "en", results = document.getElementById("results");
    var said = records.length ? form.dataset.found.replace("#", String(records.length)) : form.dataset.none;
    document.getElementById("found").textContent = wanted.length ? said : "";
    results.replaceChildren();
    hazama.kinds.forEach(function (_, kind) {
      var own = records.filter(function (record) { return record[0] === kind; });
      if (!own.length) { return; }
      var part = section(kind, own, wanted, form, english), first = hazama.kinds[kind][0] !== "words";
      if (first && own.some(function (record) { return isName(record, query); })) { results.prepend(part); } else { results.append(part); }
    });
  }

  window.hazamaSearch = { normalised: normalised, found: found, stretch: stretch };

  document.addEventListener("DOMContentLoaded", function () {
    var form = document.querySelector("[data-search]");
    if (!form) { return; }
    form.elements.q.value = new URLSearchParams(location.search).get("q") || "";
    form.addEventListener("input", function () { show(form); });
    form.addEventListener("submit", function (event) { event.preventDefault(); show(form); });
    show(form);
    form.elements.q.focus();
  });
}());
