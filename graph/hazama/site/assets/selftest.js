// 動作確認: tries each part of the site in this browser and says what works.
(function () {
  "use strict";

  function loadedOutside() {
    return performance.getEntriesByType("resource").some(function (entry) {
      return !entry.name.startsWith(location.protocol + "//" + location.host);
    });
  }

  function printStyle() {
    return Array.prototype.some.call(document.styleSheets, function (sheet) { return sheet.href && !sheet.disabled; });
  }

  var checks = {
    script: function () { return true; },
    style: function () { return getComputedStyle(document.body).display === "grid"; },
    data: function () { return hazama.records.length > 0; },
    search: function () { return hazamaSearch.normalised("ヒキコモリ") === "ひきこもり"; },
    offline: function () { return !loadedOutside(); },
    print: printStyle
  };

  document.addEventListener("DOMContentLoaded", function () {
    var table = document.querySelector("[data-ok]");
    Array.prototype.forEach.call(document.querySelectorAll("[data-check]"), function (cell) {
      var works = false;
      try { works = checks[cell.dataset.check](); } catch (error) { works = false; }
      cell.textContent = works ? "○ " + table.dataset.ok : "× " + table.dataset.bad;
    });
  });
}());
