// Common to every page: what the frame needs scripts for, the menu on narrow screens, matrix rows that open, lists
// that narrow, print. Read between the menu and the content, so nothing moves afterwards; the words of one language
// are handed over at the end.
(function (frame) {
  "use strict";
  var root = document.documentElement, assets = document.currentScript.getAttribute("src").indexOf("assets/");
  var up = "../".repeat(assets / 3 - (root.lang === "en" ? 1 : 0));
  root.classList.add("js");
  root.dataset.up = up;

  function each(selector, act, within) {
    Array.prototype.forEach.call((within || document).querySelectorAll(selector), act);
  }

  // The search box, the button of the menu on narrow screens, and on all pages but the first what that one carries.
  function complete() {
    var bar = document.querySelector("header"), side = document.getElementById("menu") || filled(bar);
    if (frame.search) { bar.insertBefore(finder(), bar.lastElementChild); }
    bar.append(opener(side));
  }

  function filled(bar) {
    var depth = up.length / 3 + 1, place = location.pathname.split("/").slice(-depth).join("/");
    var side = made("nav", {id: "menu", "aria-label": frame.open}, drawn(frame.menu));
    document.body.prepend(made("a", {"class": "skip", href: "#main"}, [frame.skip]));
    bar.querySelector("a").append(" ", made("small", {}, [frame.site]));
    bar.append(made("a", {href: up + frame.other[0] + place, lang: frame.other[1]}, [frame.other[2]]));
    bar.after(side);
    document.addEventListener("DOMContentLoaded", function () {
      mark(side, place);
      document.body.append(footer());
    });
    return side;
  }

  // The entry of the menu under which the page stands: its own, its list's, or that of the page above.
  function mark(side, place) {
    var above = document.querySelector(".trail a"), near = above ? above.getAttribute("href") : place;
    var list = near.replace(/(-(\d+|needs))?\.html(#.*)?$/, ".html");
    each("a", function (link) {
      var address = link.getAttribute("href");
      if (address === place) { link.setAttribute("aria-current", "page"); }
      else if (address === list) { link.setAttribute("aria-current", "true"); }
    }, side);
  }

  function footer() {
    var licence = frame.licence[0] ? [frame.licence[0] + ": ", made("a", {href: frame.licence[1]}, [frame.licence[2]]), " · "] : [];
    return made("footer", {}, [made("p", {}, [frame.scope]), made("p", {}, licence.concat(frame.made))]);
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

  function finder() {
    return made("form", {"class": "find", role: "search", action: up + "search.html"}, [
      made("input", {type: "search", name: "q", "aria-label": frame.search, placeholder: frame.hint}),
      made("button", {}, [frame.search])
    ]);
  }

  function opener(side) {
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
    each("table[data-open] tbody:has(.field)", function (part) {
      var heading = part.rows[0].cells[0], name = (heading.querySelector("a") || heading).textContent;
      var label = part.parentNode.dataset.open.replace("#", name);
      var button = made("button", {type: "button", "class": "opener", "aria-expanded": "false", "aria-label": label});
      heading.prepend(button);
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
        var wanted = [], word = text.value.normalize("NFKC").toLowerCase().trim(), count = 0, unsure = 0, blank = 0;
        var age = years && years.validity.valid ? years.value : "";
        each("[data-filter]", function (select, n) {
          if (select.value) { wanted.push([n, select.value.slice(select.value.indexOf(".") + 1)]); }
        }, form);
        each("[data-filter-blank]", function (select) { if (select.value) { blank = Number(select.value); } }, form);
        Array.prototype.forEach.call(rows, function (row) {
          var held = (row.dataset.f || "").split("/"), name = row.cells[0].textContent.normalize("NFKC").toLowerCase();
          var fits = name.indexOf(word) >= 0 && row.cells[blank].textContent && wanted.every(function (one) {
            return held[one[0]] === "*" || held[one[0]].split(":").indexOf(one[1]) >= 0;
          });
          var within = age ? reached(age, row) : 1;
          row.hidden = !fits || within < 0;
          count += Number(!row.hidden);
          unsure += Number(!row.hidden && within === 0);
        });
        shown.textContent = word || wanted.length || blank || age ? shown.dataset.shown.replace("#", String(count)) : "";
        if (unsure) { shown.textContent += shown.dataset.unsure.replace("#", String(unsure)); }
      }
      form.addEventListener("input", narrow);
      form.addEventListener("reset", function () { setTimeout(narrow, 0); });
      form.addEventListener("submit", function (event) { event.preventDefault(); });
      var chosen = document.getElementById(location.hash.slice(1));
      if (chosen && chosen.closest("thead")) {
        form.querySelector("[data-filter-blank]").value = chosen.cellIndex;
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
      var boxes = Array.from(drawing.querySelectorAll(".box"));
      boxes.forEach(function (box, n) {
        box.setAttribute("tabindex", n ? "-1" : "0");
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

  complete();
  document.addEventListener("DOMContentLoaded", function () { matrix(); headings(); lists(); figures(); pictures(); opened(); });
  window.addEventListener("hashchange", opened);
  window.addEventListener("beforeprint", function () { each("details", function (part) { part.open = true; }); });
})
