// what is left for the page to do beside the terminal: keys reach it without a click, and it can be opened again
const again = document.getElementById("again");
again.addEventListener("click", () => window.location.reload());
const watch = () => {
  if (document.body.classList.contains("-closed")) again.focus();
  else document.querySelector(".xterm-helper-textarea")?.focus();
};
new MutationObserver(watch).observe(document.body, { attributes: true, attributeFilter: ["class"] });
