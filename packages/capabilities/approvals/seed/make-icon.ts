/** A line icon of nested regular polygons, as an SVG file: the same number gives the same drawing. */
export function makeIcon(number: number): Buffer {
  const shapes = Array.from({ length: 3 + (number % 3) }, (_, ring) =>
    polygon(3 + ((number + ring) % 6), 10 - ring * 2.2, number * 7 + ring * 15),
  );
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.25" stroke-linejoin="round">\n${shapes.join('\n')}\n</svg>\n`,
  );
}

function polygon(corners: number, radius: number, degrees: number): string {
  const points = Array.from({ length: corners }, (_, i) => {
    const angle = ((degrees + (360 / corners) * i) * Math.PI) / 180;
    return `${(12 + radius * Math.cos(angle)).toFixed(2)},${(12 + radius * Math.sin(angle)).toFixed(2)}`;
  });
  return `  <polygon points="${points.join(' ')}" />`;
}
