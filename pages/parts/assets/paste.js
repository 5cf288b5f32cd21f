// A text box takes only plain text. What a page's table is beside that, the clipboard has as HTML.
const words = (text) => text.split(/\s+/).filter(Boolean).join(" ");
export default function ({ data, parentElement, setStateValue }) {
  parentElement.querySelector("[role=status]").textContent = data.said;
  parentElement.forget?.();
  const isBox = (box) =>
    box instanceof HTMLTextAreaElement && box.getAttribute("aria-label") === data.label;
  const keep = (event) => {
    if (!isBox(event.target)) return;
    const html = event.clipboardData.getData("text/html");
    const text = event.clipboardData.getData("text/plain");
    const isTold = /<table[\s>]/i.test(html) && html.length <= data.most;
    parentElement.words = isTold ? words(text) : null;
    setStateValue("pasted", isTold ? { html, text } : null);
  };
  // The tables stand for the box only while it says just what was pasted.
  const compare = (event) => {
    if (!isBox(event.target) || parentElement.words == null) return;
    if (words(event.target.value) === parentElement.words) return;
    parentElement.words = null;
    setStateValue("pasted", null);
  };
  document.addEventListener("paste", keep, true);
  document.addEventListener("input", compare, true);
  parentElement.querySelector("[role=status]").dataset.listens = "";
  parentElement.forget = () => {
    document.removeEventListener("paste", keep, true);
    document.removeEventListener("input", compare, true);
  };
  return () => parentElement.forget();
}
