"use strict";
// Takes files that are dropped anywhere on the page, and says that they are being read.
const form = document.querySelector("form");
if (form) {
  const area = form.querySelector(".drop"),
    input = form.querySelector("[type=file]");
  const over = (yes) => (event) => {
    event.preventDefault();
    area.classList.toggle("over", yes);
  };
  document.addEventListener("dragover", over(true));
  document.addEventListener("dragleave", over(false));
  document.addEventListener("drop", (event) => {
    over(false)(event);
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    form.requestSubmit();
  });
  form.addEventListener("submit", () => {
    form.querySelector("[role=status]").textContent = form.dataset.working;
  });
  window.addEventListener("pageshow", () => {
    form.querySelector("[role=status]").textContent = "";
  });
}
