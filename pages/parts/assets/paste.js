// A text box takes only plain text. What a page's table is beside that, the clipboard has as HTML.
export default function ({ data, parentElement, setStateValue }) {
  parentElement.querySelector("[role=status]").textContent = data.said;
  parentElement.forget?.();
  const keep = (event) => {
    const box = event.target;
    if (!(box instanceof HTMLTextAreaElement) || box.getAttribute("aria-label") !== data.label) return;
    const html = event.clipboardData.getData("text/html");
    const text = event.clipboardData.getData("text/plain");
    const isTold = /<table[\s>]/i.test(html) && html.length <= data.most;
    setStateValue("pasted", isTold ? { html, text } : null);
  };
  document.addEventListener("paste", keep, true);
  parentElement.forget = () => document.removeEventListener("paste", keep, true);
  return () => parentElement.forget();
}
