// Common to every page: the menu on narrow screens, matrix rows that open, lists that narrow, print.
(function () {
  "use strict";
  var up = document.documentElement.dataset.up;
  document.documentElement.classList.add("js");

  function each(selector, act, within) {
    Array.prototype.forEach.call((within || document).querySelectorAll(selector), act);
  }

  // What every page of one language shares and only works with scripts: the search box, and the menu of a page in a
  // folder. Handed over by frame.<lang>.js while the page is read, so nothing moves afterwards.
  window.hazamaFrame = function (frame) {
    var side = document.getElementById("menu"), bar = document.querySelector(".bar");
    if (up) { complete(frame, side, bar); }
    if (frame.search) { bar.insertBefore(finder(frame), bar.lastElementChild); }
    bar.append(opener(frame, side));
  };

  // The pages of the top folder carry these parts; the many pages below get them here.
  function complete(frame, side, bar) {
    document.body.prepend(made("a", {"class": "skip", href: "#main"}, [frame.skip]));
    bar.querySelector(".brand a").append(" ", made("span", {}, [frame.site]));
    side.setAttribute("aria-label", frame.open);
    side.replaceChildren.apply(side, drawn(frame.menu));
    document.addEventListener("DOMContentLoaded", function () {
      var above = document.querySelector(".trail a").getAttribute("href");
      each("a", function (link) {
        if (link.getAttribute("href") === above) { link.setAttribute("aria-current", "true"); }
      }, side);
      document.body.append(made("footer", {}, [made("p", {}, [frame.scope])]));
    });
  }

  function made(tag, attributes, content) {
    var element = document.createElement(tag);
    Object.keys(attributes).forEach(function (name) { element.setAttribute(name, attributes[name]); });
    element.append.apply(element, content || []);
    return element;
  }

  // [[heading, [[page, text], …]], …]
  function drawn(menu) {
    return menu.flatMap(function (group) {
      return [made("p", {}, [group[0]]), made("ul", {}, group[1].map(function (entry) {
        return made("li", {}, [made("a", {href: up + entry[0]}, [entry[1]])]);
      }))];
    });
  }

  function finder(frame) {
    return made("form", {"class": "find", role: "search", action: up + "search.html"}, [
      made("input", {type: "search", name: "q", "aria-label": frame.search, placeholder: frame.hint}),
      made("button", {}, [frame.search])
    ]);
  }

  function opener(frame, side) {
    var button = made("button", {type: "button", "class": "menu", "aria-expanded": "false", "aria-controls": "menu"}, [frame.open]);
    button.addEventListener("click", function () {
      button.setAttribute("aria-expanded", String(side.classList.toggle("opened")));
    });
    return button;
  }

  function open(button, wanted) {
    button.closest("tbody").classList.toggle("opened", wanted);
    button.setAttribute("aria-expanded", String(wanted));
  }

  function matrix() {
    each("button.opener", function (button) {
      button.addEventListener("click", function () { open(button, button.getAttribute("aria-expanded") !== "true"); });
    });
    each("[data-open-all]", function (all) {
      var labels = [all.textContent, all.dataset.openAll], opened = false;
      all.addEventListener("click", function () {
        opened = !opened;
        all.textContent = labels[Number(opened)];
        each("button.opener", function (button) { open(button, opened); });
      });
    });
  }

  // On a narrow screen a row becomes a block; each cell then carries its heading.
  function headings() {
    each("table.stack", function (table) {
      var names = Array.prototype.map.call(table.tHead.rows[0].cells, function (cell) { return cell.textContent; });
      each("tbody td", function (cell) { cell.dataset.l = names[cell.cellIndex]; }, table);
    });
  }

  // Whether an age in years is within "from-until" in months: 1 yes, 0 an end is not recorded, -1 no.
  function taken(age, range) {
    var ends = range.split("-"), month = 12 * age;
    if (Number(ends[0]) >= month + 12 || (ends[1] && Number(ends[1]) <= month)) { return -1; }
    return ends.indexOf("?") >= 0 ? 0 : 1;
  }

  function reached(age, row) {
    return Math.max.apply(null, (row.dataset.a || "?-?").split(" ").map(function (range) { return taken(age, range); }));
  }

  function lists() {
    each("form.filters", function (form) {
      var rows = document.querySelectorAll("[data-filtered] tbody tr");
      var shown = form.querySelector("output"), text = form.querySelector("[data-filter-text]");
      var years = form.querySelector("[data-filter-age]");
      function narrow() {
        var wanted = [], word = text.value.normalize("NFKC").toLowerCase().trim(), count = 0, unsure = 0;
        var age = years && years.validity.valid ? years.value : "";
        each("[data-filter]", function (select) { if (select.value) { wanted.push(select.value); } }, form);
        Array.prototype.forEach.call(rows, function (row) {
          var tokens = (row.dataset.f || "").split(" "), name = row.cells[0].textContent.normalize("NFKC").toLowerCase();
          var fits = name.indexOf(word) >= 0 && wanted.every(function (token) {
            return tokens.indexOf(token) >= 0 || tokens.indexOf(token.split(".")[0] + ".*") >= 0;
          });
          var within = age ? reached(age, row) : 1;
          row.hidden = !fits || within < 0;
          count += Number(!row.hidden);
          unsure += Number(!row.hidden && within === 0);
        });
        shown.textContent = word || wanted.length || age ? shown.dataset.shown.replace("#", String(count)) : "";
        if (unsure) { shown.textContent += shown.dataset.unsure.replace("#", String(unsure)); }
      }
      form.addEventListener("input", narrow);
      form.addEventListener("reset", function () { setTimeout(narrow, 0); });
      form.addEventListener("submit", function (event) { event.preventDefault(); });
      var chosen = document.getElementById(location.hash.slice(1));
      if (chosen && chosen.closest("thead")) {
        form.querySelector("[data-filter]").value = "c" + chosen.cellIndex;
        narrow();
      }
    });
  }

  // A figure is one stop of the Tab key; arrow keys move to the nearest box that way, Enter opens its page.
  var ways = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]};

  function middle(box) {
    var place = box.getBoundingClientRect();
    return [place.left + place.width / 2, place.top + place.height / 2];
  }

  function nearest(boxes, from, way) {
    var here = middle(from), best = null, least = Infinity;
    boxes.forEach(function (box) {
      var there = middle(box), along = (there[0] - here[0]) * way[0] + (there[1] - here[1]) * way[1];
      var aside = Math.abs((there[0] - here[0]) * way[1]) + Math.abs((there[1] - here[1]) * way[0]);
      if (box !== from && along > 1 && along + 2 * aside < least) { best = box; least = along + 2 * aside; }
    });
    return best;
  }

  function figures() {
    each(".drawing", function (drawing) {
      var boxes = Array.from(drawing.querySelectorAll(".box[tabindex]"));
      boxes.forEach(function (box) {
        var link = box.querySelector("a");
        if (link) { link.setAttribute("tabindex", "-1"); }
        box.addEventListener("keydown", function (event) {
          var next = ways[event.key] && nearest(boxes, box, ways[event.key]);
          if (event.key === "Enter" && link) { location.href = link.getAttribute("href"); }
          if (!ways[event.key]) { return; }
          event.preventDefault();
          if (!next) { return; }
          box.setAttribute("tabindex", "-1");
          next.setAttribute("tabindex", "0");
          next.focus();
        });
      });
    });
  }

  // A figure as a picture, drawn by this browser from the drawing on the page: nothing is loaded or sent.
  var WIDE = 2400;

  function pictures() {
    each("[data-picture]", function (button) {
      button.addEventListener("click", function () {
        var svg = document.querySelector(".drawing svg").cloneNode(true), box = svg.viewBox.baseVal;
        svg.setAttribute("width", WIDE);
        svg.setAttribute("height", Math.round(WIDE * box.height / box.width));
        svg.setAttribute("font-family", getComputedStyle(document.body).fontFamily);
        var image = new Image();
        image.addEventListener("load", function () { saved(image, button.dataset.picture); });
        image.src = "data:image/svg+xml," + encodeURIComponent(new XMLSerializer().serializeToString(svg));
      });
    });
  }

  function saved(image, name) {
    var canvas = made("canvas", {width: image.width, height: image.height}), paper = canvas.getContext("2d");
    paper.fillStyle = "#fff";
    paper.fillRect(0, 0, canvas.width, canvas.height);
    paper.drawImage(image, 0, 0);
    canvas.toBlob(function (picture) {
      var link = made("a", {href: URL.createObjectURL(picture), download: name});
      link.click();
      URL.revokeObjectURL(link.href);
    }, "image/png");
  }

  function opened() {
    var target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.tagName === "DETAILS") { target.open = true; }
  }

  document.addEventListener("DOMContentLoaded", function () { matrix(); headings(); lists(); figures(); pictures(); opened(); });
  window.addEventListener("hashchange", opened);
  window.addEventListener("beforeprint", function () { each("details", function (part) { part.open = true; }); });
}());
