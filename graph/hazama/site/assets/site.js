// Common to every page: the menu on narrow screens, matrix rows that open, lists that narrow, print.
(function () {
  "use strict";
  document.documentElement.classList.add("js");

  function each(selector, act, within) {
    Array.prototype.forEach.call((within || document).querySelectorAll(selector), act);
  }

  function menu() {
    var button = document.querySelector("button.menu"), side = document.getElementById("menu");
    if (!button || !side) { return; }
    button.addEventListener("click", function () {
      button.setAttribute("aria-expanded", String(side.classList.toggle("opened")));
    });
  }

  function open(button, wanted) {
    button.closest("tbody").classList.toggle("opened", wanted);
    button.setAttribute("aria-expanded", String(wanted));
  }

  function matrix() {
    each("button.open", function (button) {
      button.addEventListener("click", function () { open(button, button.getAttribute("aria-expanded") !== "true"); });
    });
    each("[data-open-all]", function (all) {
      var labels = [all.textContent, all.dataset.openAll], opened = false;
      all.addEventListener("click", function () {
        opened = !opened;
        all.textContent = labels[Number(opened)];
        each("button.open", function (button) { open(button, opened); });
      });
    });
  }

  function lists() {
    each("form.filters", function (form) {
      var rows = document.querySelectorAll("[data-filtered] tbody tr");
      var shown = form.querySelector("output"), text = form.querySelector("[data-filter-text]");
      function narrow() {
        var wanted = [], word = text.value.normalize("NFKC").toLowerCase().trim(), count = 0;
        each("[data-filter]", function (select) { if (select.value) { wanted.push(select.value); } }, form);
        Array.prototype.forEach.call(rows, function (row) {
          var tokens = (row.dataset.f || "").split(" "), name = row.cells[0].textContent.normalize("NFKC").toLowerCase();
          var fits = name.indexOf(word) >= 0 && wanted.every(function (token) {
            return tokens.indexOf(token) >= 0 || tokens.indexOf(token.split(".")[0] + ".*") >= 0;
          });
          row.hidden = !fits;
          count += Number(fits);
        });
        shown.textContent = word || wanted.length ? shown.dataset.shown.replace("#", String(count)) : "";
      }
      form.addEventListener("input", narrow);
      form.addEventListener("reset", function () { setTimeout(narrow, 0); });
      form.addEventListener("submit", function (event) { event.preventDefault(); });
    });
  }

  function opened() {
    var target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.tagName === "DETAILS") { target.open = true; }
  }

  document.addEventListener("DOMContentLoaded", function () { menu(); matrix(); lists(); opened(); });
  window.addEventListener("hashchange", opened);
  window.addEventListener("beforeprint", function () { each("details", function (part) { part.open = true; }); });
}());
