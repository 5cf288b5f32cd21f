(() => {
  document.documentElement.lang = "zh-CN";
  if (window.disclosureDeskFrame) return;
  window.disclosureDeskFrame = true;
  const texts = new Map(Object.entries($texts));
  const patterns = $patterns.map(([source, target]) => [new RegExp(source), target]);
  const attributes = ["aria-label", "title", "placeholder", "alt"];
  const inChinese = (text) => {
    const plain = text.trim();
    if (!/[A-Za-z]/.test(plain)) return null;
    if (texts.has(plain)) return texts.get(plain);
    const found = patterns.find(([pattern]) => pattern.test(plain));
    return found ? plain.replace(found[0], found[1]) : null;
  };
  // What came with a report stands below .dd and is never touched; neither is code nor a drawing.
  const isOurs = (element) => !element || element.closest(".dd, .dd-official, script, style, svg, code, pre");
  const words = (node) => {
    if (isOurs(node.parentElement)) return;
    const chinese = inChinese(node.data);
    if (chinese !== null) node.data = chinese;
  };
  const labels = (element) => {
    if (isOurs(element)) return;
    for (const name of attributes) {
      const chinese = element.hasAttribute(name) ? inChinese(element.getAttribute(name)) : null;
      if (chinese !== null) element.setAttribute(name, chinese);
    }
  };
  const visit = (root) => {
    if (root.nodeType === Node.TEXT_NODE) return words(root);
    if (root.nodeType !== Node.ELEMENT_NODE || isOurs(root)) return;
    labels(root);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      node.nodeType === Node.TEXT_NODE ? words(node) : labels(node);
    }
  };
  let aim = "";
  // The card of a finding that was followed to from its cell comes into sight once it is drawn as chosen.
  const arrive = () => {
    const found = aim && document.getElementById(aim);
    if (!found || !found.matches(".dd-chosen")) return;
    aim = "";
    found.scrollIntoView({ block: "nearest" });
  };
  const signed = document.getElementsByClassName("dd-person");
  // Who has said a name once is not asked again: the browser keeps it for a year.
  const remember = () => {
    const wanted = `dd-person=${encodeURIComponent(signed[0]?.dataset.person || "")}`;
    if (!signed[0] || document.cookie.split("; ").includes(wanted)) return;
    document.cookie = `${wanted}; path=/; max-age=31536000; SameSite=Strict`;
  };
  new MutationObserver((changes) => {
    arrive();
    remember();
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(visit);
      else if (change.type === "characterData") words(change.target);
      else labels(change.target);
    }
  }).observe(document.body, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: attributes,
  });
  visit(document.body);
  // On a small screen the menu lies over the page: who has chosen a page wants to see it.
  const narrow = window.matchMedia("(max-width: 768px)");
  document.body.addEventListener("click", (event) => {
    if (!narrow.matches || !event.target.closest(".st-key-menu a")) return;
    document.querySelector(".stSidebar button")?.click();
  });
  // A link to another selection of the page at hand needs no new page: the app follows the address.
  document.body.addEventListener("click", (event) => {
    const link = event.target.closest(".dd a[href], .dd-official a[href]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const wanted = new URL(link.href, location.href);
    const isHere = wanted.origin === location.origin && wanted.pathname === location.pathname;
    if (!isHere || wanted.search === location.search) return;
    event.preventDefault();
    aim = wanted.hash.slice(1);
    history.pushState({}, "", wanted);
    window.dispatchEvent(new PopStateEvent("popstate"));
  });
})();
