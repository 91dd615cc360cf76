"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const cards = [...document.querySelectorAll("nav .card[id]")];
  const kinds = [...document.querySelectorAll(".tools input")];
  const marks = [...document.querySelectorAll("article .q")];
  const fits = (card) => kinds.some((one) => one.checked && card.classList.contains(one.value)) && ["", card.dataset.family].includes($("family").value);

  const filter = () => {
    for (const card of cards) card.hidden = !fits(card);
    for (const group of document.querySelectorAll("nav .group")) group.hidden = !group.querySelector(".card:not([hidden])");
    for (const mark of marks) mark.classList.toggle("off", mark.dataset.of.split(" ").every((key) => $(key).hidden));
    const shown = cards.filter((one) => !one.hidden).length;
    $("shown").textContent = shown === cards.length ? "" : `列出 ${shown} 个，共 ${cards.length} 个`;
  };
  const step = (way) => {
    const shown = cards.filter((one) => !one.hidden);
    if (!shown.length) return;
    const here = shown.indexOf(document.activeElement.closest(".card") || document.querySelector(".card:target"));
    const one = shown[here < 0 ? (way > 0 ? 0 : shown.length - 1) : (here + way + shown.length) % shown.length];
    one.focus({ preventScroll: true });
    one.scrollIntoView({ block: "nearest" });
    const link = one.querySelector(".to");
    const place = link && document.querySelector(link.hash);
    if (place && innerWidth > 900) place.scrollIntoView({ block: "center" });
    for (const mark of marks) mark.classList.toggle("here", mark.dataset.of.split(" ").includes(one.id));
  };
  const measure = () => document.documentElement.style.setProperty("--top", `${document.querySelector("header").offsetHeight}px`);

  for (const one of [...kinds, $("family")]) one.addEventListener("change", filter);
  $("previous").addEventListener("click", () => step(-1));
  $("next").addEventListener("click", () => step(1));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select")) return;
    if (event.key === "n" || event.key === "N") step(1);
    else if (event.key === "p" || event.key === "P") step(-1);
    else return;
    event.preventDefault();
  });
  window.addEventListener("resize", measure);
  measure();
  filter();
})();
