"use strict";
// Every chart can be saved as SVG, PNG or a table: made here from the page itself, in its light colours.
(() => {
  const KEPT = [
    "fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width", "stroke-dasharray", "stroke-linejoin", "paint-order",
    "font-family", "font-size", "text-anchor",
  ];
  const PIXELS_A_UNIT = 4;

  function download(name, blob) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  function inLightColours(work) {
    document.documentElement.classList.add("light");
    try {
      return work(getComputedStyle(document.body).backgroundColor);
    } finally {
      document.documentElement.classList.remove("light");
    }
  }

  // The chart on its own: what the page's style sheet says stands in its elements.
  function asSvg(chart) {
    return inLightColours((paper) => {
      const { width, height } = chart.viewBox.baseVal;
      const copy = chart.cloneNode(true);
      const originals = chart.querySelectorAll("*");
      copy.querySelectorAll("*").forEach((element, at) => {
        const style = getComputedStyle(originals[at]);
        element.removeAttribute("class");
        if (!["title", "desc"].includes(element.localName)) {
          for (const name of KEPT) element.setAttribute(name, style.getPropertyValue(name));
        }
      });
      for (const name of ["class", "data-csv"]) copy.removeAttribute(name);
      copy.setAttribute("width", width);
      copy.setAttribute("height", height);
      const back = document.createElementNS(chart.namespaceURI, "rect");
      for (const [name, value] of Object.entries({ width, height, fill: paper })) back.setAttribute(name, value);
      copy.insertBefore(back, copy.querySelector("desc").nextSibling);
      return new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" });
    });
  }

  function outlineOf(element) {
    const at = (name) => Number(element.getAttribute(name));
    const outline = new Path2D(element.localName === "path" ? element.getAttribute("d") : undefined);
    if (element.localName === "rect") outline.rect(at("x"), at("y"), at("width"), at("height"));
    if (element.localName === "line") {
      outline.moveTo(at("x1"), at("y1"));
      outline.lineTo(at("x2"), at("y2"));
    }
    return outline;
  }

  function paint(context, element, style) {
    const text = element.localName === "text" ? element.textContent : "";
    const outline = text ? null : outlineOf(element);
    const place = text ? [text, Number(element.getAttribute("x")), Number(element.getAttribute("y"))] : null;
    context.font = `${style.fontSize} ${style.fontFamily}`;
    context.textAlign = { middle: "center", end: "right" }[style.textAnchor] ?? "left";
    context.lineWidth = parseFloat(style.strokeWidth);
    context.lineJoin = style.strokeLinejoin;
    context.setLineDash(style.strokeDasharray.split(/[ ,]+/).map(parseFloat).filter((length) => length > 0));
    const fill = () => {
      if (style.fill === "none") return;
      context.fillStyle = style.fill;
      context.globalAlpha = Number(style.fillOpacity);
      if (text) context.fillText(...place);
      else context.fill(outline);
    };
    const stroke = () => {
      if (style.stroke === "none") return;
      context.strokeStyle = style.stroke;
      context.globalAlpha = Number(style.strokeOpacity);
      if (text) context.strokeText(...place);
      else context.stroke(outline);
    };
    for (const step of style.paintOrder.startsWith("stroke") ? [stroke, fill] : [fill, stroke]) step();
  }

  // Drawn anew on a canvas: a picture of the SVG would have to be loaded, which the page allows nobody.
  function asPng(chart) {
    return inLightColours((paper) => {
      const { width, height } = chart.viewBox.baseVal;
      const canvas = document.createElement("canvas");
      canvas.width = width * PIXELS_A_UNIT;
      canvas.height = height * PIXELS_A_UNIT;
      const context = canvas.getContext("2d");
      context.scale(PIXELS_A_UNIT, PIXELS_A_UNIT);
      context.fillStyle = paper;
      context.fillRect(0, 0, width, height);
      for (const element of chart.querySelectorAll("path, rect, line, text")) {
        paint(context, element, getComputedStyle(element));
      }
      return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    });
  }

  function asCsv(chart) {
    return new Blob(["\ufeff", chart.dataset.csv.replaceAll("\n", "\r\n")], { type: "text/csv" });
  }

  const KINDS = { SVG: asSvg, PNG: asPng, CSV: asCsv };
  for (const figure of document.querySelectorAll("figure")) {
    const chart = figure.querySelector("svg[data-csv]");
    if (!chart) continue;
    const title = chart.querySelector("title");
    const line = document.createElement("p");
    line.className = "saving";
    line.append("Save as");
    for (const [kind, make] of Object.entries(KINDS)) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = kind;
      button.setAttribute("aria-label", `Save “${title.textContent}” as ${kind}`);
      const name = `${title.id.replace(/-title$/, "")}.${kind.toLowerCase()}`;
      button.addEventListener("click", async () => download(name, await make(chart)));
      line.append(" ", button);
    }
    figure.append(line);
  }
})();
