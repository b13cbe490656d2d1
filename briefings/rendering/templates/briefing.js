(() => {
  "use strict";
  document.documentElement.classList.add("js");
  const lines = [...document.querySelectorAll(".line")];
  const words = [...document.querySelectorAll(".words")];
  const article = document.getElementById("article");
  const back = document.querySelector(".back");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const listOf = (value) => (value || "").split(" ").filter(Boolean);
  const shares = (value, numbers) => listOf(value).some((number) => numbers.includes(number));
  let pinned = null;
  let cameFrom = null;

  /* Light what belongs to the numbers: the article's words and the lines that rest on them. */
  const light = (numbers, line) => {
    for (const word of words) word.classList.toggle("lit", shares(word.dataset.e, numbers));
    for (const other of lines) {
      const on = line ? other === line : shares(other.dataset.cites, numbers);
      other.classList.toggle("lit", on && numbers.length > 0);
    }
  };
  const rest = () => (pinned ? light(pinned.numbers, pinned.line) : light([], null));

  /* Beside the briefing the article scrolls by itself, and the briefing stays where it is read. */
  const show = (element) => {
    const behavior = still.matches ? "auto" : "smooth";
    const place = element.getBoundingClientRect();
    if (article.contains(element) && article.scrollHeight > article.clientHeight) {
      const inside = place.top - article.getBoundingClientRect().top + article.scrollTop;
      article.scrollTo({ top: inside - article.clientHeight / 3, behavior });
    } else if (place.top < 0 || place.bottom > innerHeight)
      element.scrollIntoView({ block: "center", behavior });
  };

  /* The nearest thing that carries numbers: a single reference, a whole line, words of the article. */
  const find = (target) => {
    const cite = target.closest(".cite");
    const line = target.closest(".line");
    if (cite) return { numbers: [cite.dataset.e], line };
    if (line) return { numbers: listOf(line.dataset.cites), line };
    const word = target.closest(".words");
    return word ? { numbers: listOf(word.dataset.e), line: null } : null;
  };

  const showWords = (found, focus) => {
    const first = words.find((word) => shares(word.dataset.e, found.numbers));
    if (!first) return;
    show(first);
    if (focus) first.focus({ preventScroll: true });
    back.hidden = false;
  };
  const showLine = (found) => {
    const line = lines.find((other) => shares(other.dataset.cites, found.numbers));
    if (line) show(line);
  };

  const hover = (event) => {
    /* Words that took the focus from a reference keep the light as the reference set it. */
    const sent = event.type === "focusin" && event.target.closest(".words");
    const found = !sent && event.target.closest && find(event.target);
    if (found && found.numbers.length) light(found.numbers, found.line);
    else rest();
  };
  document.addEventListener("mouseover", hover);
  document.addEventListener("focusin", hover);
  document.addEventListener("mouseleave", rest);
  document.addEventListener("focusout", rest);

  document.addEventListener("click", (event) => {
    if (event.target.closest(".source, .skip, .back") || !getSelection().isCollapsed) return;
    const found = find(event.target);
    if (!found || !found.numbers.length) return;
    event.preventDefault();
    pinned = found;
    rest();
    if (found.line) {
      cameFrom = event.target.closest(".cite") || found.line.querySelector(".cite");
      /* detail 0: the click came from the keyboard, whose place has to come along. */
      showWords(found, event.detail === 0);
    } else showLine(found);
  });

  const goBack = () => {
    pinned = null;
    rest();
    back.hidden = true;
    if (!cameFrom) return;
    show(cameFrom);
    cameFrom.focus({ preventScroll: true });
    cameFrom = null;
  };
  back.addEventListener("click", goBack);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") goBack();
  });
})();
