"use strict";
(function () {
  const byId = (id) => document.getElementById(id);
  const data = JSON.parse(byId("hz-data").textContent);
  const canvas = byId("hz-canvas");
  const side = byId("hz-side");
  /* A site says every word once, for both languages: names stand in its search data, the rest in its graph. */
  if (window.hazamaGraph) {
    const { nodes, edges, words } = window.hazamaGraph;
    const english = document.documentElement.lang === "en" ? 1 : 0;
    const records = new Map(window.hazama.records.map((record) => [record[1], record]));
    data.nodes = nodes.map(([id, x, y, size, kind, { names, ...more } = {}]) => {
      const [ja, en] = names || records.get(id).slice(2, 4);
      const name = (english && en) || ja;
      const label = name.length <= 24 ? name : name.slice(0, 23) + "…";
      return { id, x, y, size, group: data.kinds[kind].id, shape: "dot", name, label, ...(id.includes(".html") && !names && { href: id }), ...more };
    });
    data.edges = edges.map(([one, other, word, status], id) => ({
      id, from: data.nodes[one].id, to: data.nodes[other].id, title: words[word][english], ...(status && { status, dashes: true }),
    }));
  }
  /* A name that stands in no other language than Japanese is marked as such. */
  function spell(element, words) {
    element.append(words);
    if (document.documentElement.lang !== "ja" && /[\u3040-\u30ff\u4e00-\u9fff]/.test(words)) element.lang = "ja";
    return element;
  }
  /* What all nodes of a kind or all edges share is said once. */
  const kindWords = new Map(data.kinds.map((kind) => [kind.id, kind.words]));
  for (const node of data.nodes) {
    if (node.box) node.ctxRenderer = renderer;
    node.kind = node.kind || node.group;
    node.status = node.status || "stated";
    node.themes = node.themes || [];
    node.details = node.details || [kindWords.get(node.kind) || ""];
  }
  for (const edge of data.edges) edge.status = edge.status || "stated";
  const nodes = new vis.DataSet(data.nodes);
  const edges = new vis.DataSet(data.edges);
  const moved = new Set();
  const large = data.nodes.length > 500;

  const network = new vis.Network(canvas, { nodes, edges }, {
    physics: false,
    layout: { improvedLayout: false },
    nodes: { scaling: { label: { drawThreshold: large ? 8 : 3 } } },
    groups: data.groups || {},
    edges: { smooth: false, scaling: { label: { drawThreshold: 8 } }, ...(data.edge || {}) },
    interaction: {
      hideEdgesOnDrag: large, hideEdgesOnZoom: large, hover: !large,
      keyboard: { enabled: true, bindToWindow: false }, multiselect: false, tooltipDelay: 1e9,
    },
  });

  /* Grounds lie behind the nodes; routed ways keep to the gutters until an end is moved. */
  function rounded(context, box) {
    const r = Math.min(box.corner, box.w / 2, box.h / 2);
    context.beginPath();
    context.moveTo(box.x + r, box.y);
    context.arcTo(box.x + box.w, box.y, box.x + box.w, box.y + box.h, r);
    context.arcTo(box.x + box.w, box.y + box.h, box.x, box.y + box.h, r);
    context.arcTo(box.x, box.y + box.h, box.x, box.y, r);
    context.arcTo(box.x, box.y, box.x + box.w, box.y, r);
    context.closePath();
  }
  function drawGround(context, box) {
    rounded(context, box);
    context.setLineDash(box.dashed ? [5, 4] : []);
    context.fillStyle = box.fill;
    context.strokeStyle = box.stroke;
    context.fill();
    context.stroke();
    context.setLineDash([]);
    if (box.title) {
      context.fillStyle = data.colours.text;
      context.font = "bold 12px " + data.colours.face;
      context.textAlign = "left";
      context.fillText(box.title, box.x + 12, box.y + 20);
    }
  }
  function arrow(context, from, to) {
    const turn = Math.atan2(to[1] - from[1], to[0] - from[0]);
    context.save();
    context.translate(to[0], to[1]);
    context.rotate(turn);
    context.beginPath();
    context.moveTo(0, 0);
    context.lineTo(-8, -3.4);
    context.lineTo(-8, 3.4);
    context.closePath();
    context.fill();
    context.restore();
  }
  function drawWay(context, edge) {
    const way = data.ways[edge.id].points;
    context.strokeStyle = context.fillStyle = data.colours.line;
    context.lineWidth = 1.25;
    context.setLineDash(edge.dashes ? [5, 4] : []);
    context.beginPath();
    context.moveTo(way[0][0], way[0][1]);
    for (let i = 1; i < way.length - 1; i++) {
      context.arcTo(way[i][0], way[i][1], way[i + 1][0], way[i + 1][1], 5);
    }
    context.lineTo(way[way.length - 1][0], way[way.length - 1][1]);
    context.stroke();
    context.setLineDash([]);
    if (edge.arrows.includes("to")) arrow(context, way[way.length - 2], way[way.length - 1]);
    if (edge.arrows.includes("from")) arrow(context, way[1], way[0]);
  }
  function drawWords(context, words) {
    if (!words) return;
    context.font = words.size + "px " + data.colours.face;
    context.textAlign = "center";
    context.textBaseline = "middle";
    const step = words.size * 1.3;
    const wide = Math.max(...words.lines.map((line) => context.measureText(line).width)) + 6;
    const high = words.lines.length * step + 2;
    context.fillStyle = "#fff";
    context.fillRect(words.x - wide / 2, words.y - high / 2, wide, high);
    context.fillStyle = data.colours.text;
    words.lines.forEach((line, i) => context.fillText(line, words.x, words.y + (i - (words.lines.length - 1) / 2) * step));
  }

  /* Boxes are drawn here, with the lines of text that the scene broke; a box that holds others stays see-through. */
  function drawBox(context, node, x, y, chosen) {
    const box = node.box;
    context.save();
    context.globalAlpha = node.opacity === undefined ? 1 : node.opacity;
    context.translate(x, y);
    rounded(context, { x: -box.w / 2, y: -box.h / 2, w: box.w, h: box.h, corner: box.corner });
    context.setLineDash(box.dashed ? [5, 3.5] : []);
    context.lineWidth = chosen ? 3 : box.width;
    context.strokeStyle = chosen ? "#d55e00" : box.stroke;
    if (!box.holds) {
      context.fillStyle = box.fill;
      context.fill();
    }
    context.stroke();
    context.setLineDash([]);
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = data.colours.text;
    box.texts.forEach((text, place) => {
      context.font = (box.bold && place === 0 ? "bold " : "") + text.size + "px " + data.colours.face;
      text.lines.forEach((line, i) => context.fillText(line, 0, text.y + text.step * (i + 0.5)));
    });
    for (const [number, dx, dy] of box.badges) drawBadge(context, number, dx, dy);
    context.restore();
  }
  function drawBadge(context, number, x, y) {
    context.beginPath();
    context.arc(x, y, 5.6, 0, 2 * Math.PI);
    context.fillStyle = "#fff";
    context.fill();
    context.lineWidth = 1.8;
    context.strokeStyle = data.colours.badges[(Number(number) - 1) % data.colours.badges.length] || data.colours.text;
    context.stroke();
    context.font = "bold 7.5px " + data.colours.face;
    context.fillStyle = data.colours.text;
    context.fillText(number, x, y);
  }
  function renderer({ ctx, id, x, y, state }) {
    const node = nodes.get(id);
    return {
      drawNode() { drawBox(ctx, node, x, y, state.selected); },
      nodeDimensions: { width: node.box.w, height: node.box.h },
    };
  }
  network.on("beforeDrawing", (context) => {
    for (const box of data.grounds) drawGround(context, box);
    for (const node of nodes.get()) if (node.box && node.box.holds && !node.hidden) fillHolder(context, node);
  });
  function fillHolder(context, node) {
    const place = network.getPosition(node.id);
    rounded(context, { x: place.x - node.box.w / 2, y: place.y - node.box.h / 2, w: node.box.w, h: node.box.h, corner: node.box.corner });
    context.fillStyle = node.box.fill;
    context.fill();
  }
  network.on("afterDrawing", (context) => {
    if (!data.routed) return;
    const still = edges.get().filter((edge) => !edge.filtered && !moved.has(edge.from) && !moved.has(edge.to));
    for (const edge of still) drawWay(context, edge);
    for (const edge of still) drawWords(context, data.ways[edge.id].words);
  });
  /* From afar only the hubs are named, at a size that can be read. */
  const hubs = data.nodes.filter((node) => node.hub);
  network.on("afterDrawing", (context) => {
    const scale = network.getScale();
    if (!hubs.length || scale > 0.6) return;
    context.font = "bold " + 13 / scale + "px " + data.colours.face;
    context.textAlign = "center";
    context.lineWidth = 4 / scale;
    context.lineJoin = "round";
    context.strokeStyle = "#fff";
    context.fillStyle = data.colours.text;
    for (const node of hubs) {
      if (nodes.get(node.id).hidden) continue;
      const place = network.getPosition(node.id);
      context.strokeText(node.label, place.x, place.y);
      context.fillText(node.label, place.x, place.y);
    }
  });
  network.on("dragEnd", (event) => {
    if (!event.nodes.length) return;
    for (const id of event.nodes) moved.add(id);
    refresh();
  });

  /* Search and filters; every list is built from text, never from markup. */
  const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/[\u30a1-\u30f6]/g,
    (sign) => String.fromCharCode(sign.charCodeAt(0) - 0x60)).replace(/[\s・、。]/g, "");
  const texts = new Map(data.nodes.map((node) => [node.id, plain([node.name, ...node.details].join(" "))]));
  function checkbox(box, value, words) {
    const label = document.createElement("label");
    const input = document.createElement("input");
    input.type = "checkbox";
    input.checked = true;
    input.value = value;
    label.append(input, " ", spell(document.createElement("span"), words));
    box.append(label);
  }
  for (const kind of data.kinds) checkbox(byId("hz-kinds"), kind.id, kind.words);
  const themes = [...new Set(data.nodes.flatMap((node) => node.themes))].sort();
  if (themes.length) byId("hz-themes").hidden = false;
  for (const theme of themes) checkbox(byId("hz-themes"), theme, (data.themes || {})[theme] || theme);
  if (data.nodes.some((node) => node.since || node.until)) byId("hz-date-label").hidden = false;

  const checked = (id) => new Set([...byId(id).querySelectorAll("input:checked")].map((input) => input.value));
  function inForce(node, day) {
    return !day || ((!node.since || node.since <= day) && (!node.until || node.until >= day));
  }
  function refresh() {
    const kinds = checked("hz-kinds");
    const known = new Set(data.kinds.map((kind) => kind.id));
    const wanted = checked("hz-themes");
    const inferred = byId("hz-inferred").checked;
    const day = byId("hz-date").value;
    const query = plain(byId("hz-search").value);
    const shown = new Set();
    const changes = data.nodes.map((node) => {
      const kindShown = kinds.has(node.kind) || !known.has(node.kind);
      const themeShown = !node.themes.length || wanted.size === themes.length || node.themes.some((theme) => wanted.has(theme));
      const seen = kindShown && themeShown && (inferred || node.status === "stated") && inForce(node, day);
      if (seen) shown.add(node.id);
      return { id: node.id, hidden: !seen, opacity: !query || texts.get(node.id).includes(query) ? 1 : 0.15 };
    });
    nodes.update(changes);
    edges.update(data.edges.map((edge) => {
      const seen = shown.has(edge.from) && shown.has(edge.to) && (inferred || edge.status === "stated");
      const way = data.routed && !moved.has(edge.from) && !moved.has(edge.to);
      return { id: edge.id, hidden: !seen || way, filtered: !seen };
    }));
    const found = query ? data.nodes.filter((node) => shown.has(node.id) && texts.get(node.id).includes(query)) : [];
    byId("hz-count").textContent = query ? side.dataset.found.replace("{n}", found.length) : side.dataset.shown.replace("{n}", shown.size);
    if (query) listFound(found.slice(0, 50));
  }
  function listFound(found) {
    side.replaceChildren(list(found.map((node) => ({ node, words: "" }))));
  }

  /* One node: what it is, its page, its neighbours. */
  const near = new Map();
  function note(one, other, words) {
    if (!near.has(one)) near.set(one, []);
    near.get(one).push({ node: nodes.get(other), words });
  }
  for (const edge of data.edges) {
    note(edge.from, edge.to, "→ " + (edge.title || edge.label || ""));
    note(edge.to, edge.from, "← " + (edge.title || edge.label || ""));
  }
  function list(entries) {
    const made = document.createElement("ul");
    for (const entry of entries) {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      spell(button, entry.node.name);
      button.addEventListener("click", () => choose(entry.node.id));
      item.append(entry.words ? entry.words + " " : "", button);
      made.append(item);
    }
    return made;
  }
  function choose(id) {
    const node = nodes.get(id);
    const heading = document.createElement("h2");
    spell(heading, node.name);
    const parts = [heading];
    for (const detail of node.details) {
      const line = document.createElement("p");
      line.textContent = detail;
      parts.push(line);
    }
    if (node.href) {
      const link = document.createElement("a");
      link.href = node.href;
      link.textContent = side.dataset.open;
      parts.push(link);
    }
    const others = near.get(id) || [];
    const title = document.createElement("h3");
    title.textContent = side.dataset.neighbours + " (" + others.length + ")";
    side.replaceChildren(...parts, title, list(others.slice(0, 200)));
    network.selectNodes([id]);
    network.focus(id, { scale: Math.max(network.getScale(), 0.9), animation: false });
  }
  network.on("click", (event) => { if (event.nodes.length) choose(event.nodes[0]); });
  byId("hz-tools").addEventListener("input", refresh);
  byId("hz-tools").addEventListener("submit", (event) => event.preventDefault());
  byId("hz-fit").addEventListener("click", () => network.fit({ animation: false }));

  /* The equal table, where the page does not carry it already. */
  const rows = byId("hz-rows");
  function cell(row, tag, words) {
    const made = document.createElement(tag);
    row.append(spell(made, words));
  }
  function buildTable() {
    if (rows.firstElementChild) return;
    const table = document.createElement("table");
    const head = table.createTHead().insertRow();
    for (const words of rows.dataset.columns.split("|")) cell(head, "th", words);
    const body = table.createTBody();
    const statuses = Object.fromEntries(["stated", "inferred", "unverified"].map((status, i) => [status, rows.dataset.statuses.split("|")[i]]));
    for (const edge of data.edges) {
      const row = body.insertRow();
      cell(row, "td", nodes.get(edge.from).name);
      cell(row, "td", edge.title || edge.label || "");
      cell(row, "td", nodes.get(edge.to).name);
      cell(row, "td", statuses[edge.status]);
    }
    rows.append(table);
  }
  const details = rows.closest("details");
  if (large && !rows.firstElementChild) {
    details.open = false;
    details.addEventListener("toggle", buildTable, { once: true });
  } else {
    buildTable();
  }
  byId("hz-count").textContent = side.dataset.shown.replace("{n}", data.nodes.length);
  network.fit({ animation: false });
  window.hazamaNetwork = network;
})();
