"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const figures = [...document.querySelectorAll("article .f")];
  const words = { PROVED: "有依据", PROSE: "文字里手写", TEMPLATE: "模板里手写", UNPROVED: "没有依据" };
  const MANY = 3;
  const SHOWN = 60;
  let current = -1;

  const make = (tag, attributes = {}, ...inside) => {
    const one = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === "click") one.addEventListener("click", value);
      else if (value !== false) one.setAttribute(name, value === true ? "" : value);
    }
    one.append(...inside.filter((each) => each !== null && each !== ""));
    return one;
  };

  const group = (pick) => {
    const found = new Map();
    data.figures.forEach(([, at], number) => {
      for (const name of pick(data.traces[at])) {
        if (!found.has(name)) found.set(name, []);
        found.get(name).push(number);
      }
    });
    return found;
  };
  const printing = group(([facts]) => facts);
  const through = group(([, , names]) => names);
  const alike = new Map();
  data.figures.forEach(([status, at], number) => {
    const [facts, , names] = data.traces[at];
    if (status !== "PROVED" || facts.length + names.length === 0) return;
    const key = facts.length ? `facts ${facts.join("|")}` : `through ${names.join("|")}`;
    if (!alike.has(key)) alike.set(key, []);
    alike.get(key).push(number);
    data.figures[number].same = key;
  });

  const around = (number) => {
    const range = document.createRange();
    const paragraph = figures[number].closest(".p");
    range.selectNodeContents(paragraph);
    range.setEndBefore(figures[number]);
    const before = range.toString().slice(-8);
    range.selectNodeContents(paragraph);
    range.setStartAfter(figures[number]);
    return `…${before}${figures[number].textContent}${range.toString().slice(0, 4)}…`;
  };

  const jump = (number, text) => make("button", { type: "button", title: data.figures[number][2], disabled: number === current, click: () => show(number) }, text);
  const jumps = (numbers) => {
    const rest = numbers.length - SHOWN;
    return make("div", { class: "jumps" }, ...numbers.slice(0, SHOWN).map((one) => jump(one, around(one))), rest > 0 ? `还有 ${rest} 处` : null);
  };

  const lines = (list) => {
    const all = make("dl");
    for (const [label, text, place] of list) all.append(make("dt", {}, label), make("dd", {}, text, place ? make("div", { class: "where" }, place) : null));
    return all;
  };
  const folded = (open, summary, ...inside) => make("details", { open }, make("summary", {}, ...summary), ...inside);

  const fact = (name, open) => {
    const one = data.facts[name];
    if (!one) return make("p", {}, `${name}（数据里没有填）`);
    const places = printing.get(name) || [];
    return folded(
      open,
      [make("b", {}, name), ` = ${one.value} `, one.invented ? make("span", { class: "badge made-up" }, "虚构") : null],
      lines([["位置", one.place, ""], ...one.lines]),
      places.length ? make("h3", {}, `印在 ${places.length} 处`) : null,
      places.length ? jumps(places) : null,
    );
  };

  const value = (name, open) => {
    const one = data.values[name];
    return folded(
      open,
      [make("b", {}, name)],
      lines(one.lines),
      one.from.length ? folded(false, [`由 ${one.from.length} 项数据决定`], ...one.from.map((each) => fact(each, false))) : null,
    );
  };

  const section = (title, ...inside) => [make("h3", {}, title), ...inside];

  const story = (number) => {
    const [status, at, place, typed, tags] = data.figures[number];
    const [facts, conditions, names] = data.traces[at];
    const told = names.filter((name) => data.values[name]);
    const proved = status === "PROVED";
    const out = [make("p", {}, make("span", { class: proved ? "badge" : "badge doubt" }, words[status]), " ", make("span", { class: "where" }, place))];
    if (status === "PROSE") out.push(make("p", {}, `这个数字手写在“${typed}”的文字里，请对照原始材料核实。`));
    else if (status === "TEMPLATE") out.push(make("p", {}, "这个数字手写在模板里，不随数据变化，请核实它该不该是固定的。"));
    else if (status === "UNPROVED") out.push(make("p", {}, "数据里找不到这个数字，请对照原始材料核实。"));
    else if (!facts.length && !told.length && !conditions.length) out.push(make("p", {}, "这是自动编的序号，没有用到数据。"));
    if (told.length) out.push(...section("怎样得出", ...told.map((name) => value(name, told.length <= MANY))));
    if (facts.length) out.push(...section(`取自 ${facts.length} 项数据`, ...facts.map((name) => fact(name, facts.length <= MANY))));
    if (tags.length) out.push(...section("印出它的标签", ...tags.map((text) => make("p", {}, make("code", {}, text)))));
    if (conditions.length) out.push(folded(false, [`有 ${conditions.length} 项数据决定这里写什么`], ...conditions.map((name) => fact(name, false))));
    const same = (alike.get(data.figures[number].same) || []).filter((one) => one !== number);
    out.push(...section(same.length ? `同样的数据还印在 ${same.length} 处` : "同样的数据没有印在别处", same.length ? jumps(same) : ""));
    return out;
  };

  const mark = (number) => {
    for (const one of document.querySelectorAll(".f.same")) one.classList.remove("same");
    if (current >= 0) {
      figures[current].removeAttribute("aria-current");
      figures[current].tabIndex = -1;
    }
    current = number;
    figures[number].setAttribute("aria-current", "true");
    figures[0].tabIndex = -1;
    figures[number].tabIndex = 0;
    for (const one of alike.get(data.figures[number].same) || []) if (one !== number) figures[one].classList.add("same");
  };

  const fill = (title, inside) => {
    $("what").textContent = title;
    $("story").replaceChildren(...inside.filter((each) => each !== ""));
    $("panel").hidden = false;
    $("panel").scrollTop = 0;
  };

  const go = (number) => {
    mark(number);
    figures[number].focus({ preventScroll: true });
    figures[number].scrollIntoView({ block: "center" });
  };
  const show = (number) => {
    mark(number);
    fill(figures[number].textContent, story(number));
    figures[number].scrollIntoView({ block: "center" });
    $("what").focus({ preventScroll: true });
  };
  const open = (number) => {
    mark(number);
    fill(figures[number].textContent, story(number));
    figures[number].scrollIntoView({ block: "nearest" });
    $("what").focus({ preventScroll: true });
  };
  const close = () => {
    $("panel").hidden = true;
    if (current >= 0) figures[current].focus({ preventScroll: true });
  };

  const doubtful = (one) => !one.classList.contains("proved");
  const step = (way) => {
    const which = $("which").value;
    const fits = (one) => (which === "doubtful" ? doubtful(one) : one.classList.contains(which));
    for (let at = current + way, left = figures.length; left > 0; at += way, left -= 1) {
      const number = (at + 2 * figures.length) % figures.length;
      if (!fits(figures[number])) continue;
      go(number);
      if (!$("panel").hidden) fill(figures[number].textContent, story(number));
      return;
    }
  };

  const card = (name) => {
    const shared = (number) => data.traces[data.figures[number][1]][2].length;
    const places = [...(through.get(name) || [])].sort((one, other) => shared(one) - shared(other)); // its own first
    fill(name.replace(/^指标\./, ""), [value(name, true), ...section(`印在 ${places.length} 处`, places.length ? jumps(places) : "")]);
    if (places.length) {
      mark(places[0]);
      figures[places[0]].scrollIntoView({ block: "center" });
    }
    $("what").focus({ preventScroll: true });
  };

  const list = (id, items, none) => $(id).append(items.length ? make("ul", {}, ...items) : make("p", {}, none));
  list(
    "doubts",
    figures.flatMap((one, number) => (doubtful(one) ? [make("li", {}, jump(number, `${around(number)}（${words[data.figures[number][0]]}）`))] : [])),
    "没有：每个数字都有依据。",
  );
  let level = "";
  const rows = data.indicators.flatMap((one) => {
    const head = one.level === level ? [] : [make("li", {}, make("h3", {}, one.level))];
    level = one.level;
    const points = one.points === "不计分" ? one.points : `${one.points} / ${one.full}`;
    const why = one.lost ? make("span", { class: "why" }, one.lost) : null;
    return [...head, make("li", { class: one.lost ? "lost" : "" }, make("button", { type: "button", click: () => card(one.name) }, make("span", { class: "score" }, points), one.title, why))];
  });
  list("scores", rows, "这份报告没有指标。");
  const madeUp = Object.entries(data.facts).filter(([, one]) => one.invented);
  list(
    "inventions",
    madeUp.map(([name, one]) => {
      const places = printing.get(name) || [];
      const click = () => (places.length ? show(places[0]) : (fill(name, [fact(name, true)]), $("what").focus()));
      return make("li", {}, make("button", { type: "button", click }, `${name} = ${one.value} `, make("span", { class: "where" }, one.place)));
    }),
    "没有。",
  );

  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const paragraphs = [...document.querySelectorAll("article .p")];
  let hits = [];
  let hit = -1;
  const spread = (paragraph) => {
    const nodes = [];
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) for (let at = 0; at < walker.currentNode.length; at += 1) nodes.push([walker.currentNode, at]);
    return nodes;
  };
  const paint = (name, ranges) => window.CSS && CSS.highlights && CSS.highlights.set(name, new Highlight(...ranges));
  const search = () => {
    const wanted = plain($("search").value.trim());
    hits = [];
    hit = -1;
    for (const paragraph of wanted ? paragraphs : []) {
      if (!plain(paragraph.textContent).includes(wanted)) continue;
      const nodes = spread(paragraph);
      const signs = nodes.flatMap(([node, at], number) => [...plain(node.data[at])].map((sign) => [sign, number]));
      const text = signs.map(([sign]) => sign).join("");
      for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
        const range = document.createRange();
        range.setStart(...nodes[signs[at][1]]);
        const [last, end] = nodes[signs[at + wanted.length - 1][1]];
        range.setEnd(last, end + 1);
        hits.push(range);
      }
    }
    paint("found", hits);
    paint("here", []);
    $("hits").textContent = wanted ? `${hits.length} 处` : "";
  };
  const nextHit = (way) => {
    if (!hits.length) return;
    hit = hit < 0 ? (way > 0 ? 0 : hits.length - 1) : (hit + way + hits.length) % hits.length;
    paint("here", [hits[hit]]);
    hits[hit].startContainer.parentElement.scrollIntoView({ block: "center" });
    $("hits").textContent = `${hit + 1} / ${hits.length} 处`;
  };

  const help = () => {
    $("keys").hidden = !$("keys").hidden;
    $("help").setAttribute("aria-expanded", String(!$("keys").hidden));
    measure();
  };
  const measure = () => document.documentElement.style.setProperty("--top", `${document.querySelector("header").offsetHeight}px`);

  $("search").addEventListener("input", search);
  $("search").addEventListener("keydown", (event) => {
    if (event.key === "Enter") nextHit(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") {
      event.stopPropagation();
      $("search").value = "";
      search();
      $("search").blur();
    }
  });
  $("previous").addEventListener("click", () => step(-1));
  $("next").addEventListener("click", () => step(1));
  $("help").addEventListener("click", help);
  $("close").addEventListener("click", close);
  document.querySelector("article").addEventListener("click", (event) => {
    const found = event.target.closest(".f");
    if (found) open(Number(found.id.slice(1)));
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select")) return;
    const figure = event.target.closest("article .f");
    if (event.key === "Escape") close();
    else if (figure && (event.key === "Enter" || event.key === " ")) open(Number(figure.id.slice(1)));
    else if (event.key === "n" || event.key === "N") step(1);
    else if (event.key === "p" || event.key === "P") step(-1);
    else if (event.key === "?") help();
    else if (event.key === "/") $("search").focus();
    else return;
    event.preventDefault();
  });
  window.addEventListener("resize", measure);
  measure();
})();
