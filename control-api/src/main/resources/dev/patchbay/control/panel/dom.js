// SPDX-License-Identifier: Apache-2.0
// Small means to make and change elements. What a preset or a module says is only ever text, never markup.

const SVG = "http://www.w3.org/2000/svg";

/** The element of this id. */
export const byId = (id) => document.getElementById(id);

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/** A new HTML element; attributes that begin with "on" are listeners. */
export const make = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);

/** A new SVG element. */
export const draw = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

/** Sets the text where it differs: a text that stays is not announced anew. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Sets an attribute where it differs; undefined takes it away. */
export function mark(element, name, value) {
  if (value === undefined) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}

let hide = 0;

/** Tells a person something for some seconds. */
export function notify(text, isError = false) {
  const notice = byId("notice");
  notice.classList.toggle("error", isError);
  notice.textContent = text;
  clearTimeout(hide);
  hide = setTimeout(() => (notice.textContent = ""), isError ? 8000 : 4000);
}
