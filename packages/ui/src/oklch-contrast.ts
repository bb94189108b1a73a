/** One colour as written in tokens.css: lightness 0..1, chroma, hue in degrees. */
export type Oklch = { l: number; c: number; h: number };

const channels = ({ l, c, h }: Oklch): [number, number, number] => {
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ];
};

/** True where sRGB can show the colour as written; outside, each browser picks its own nearest one. */
export const isInSrgb = (colour: Oklch): boolean =>
  channels(colour).every((channel) => channel >= -0.0005 && channel <= 1.0005);

const luminance = (colour: Oklch): number => {
  const [r, g, b] = channels(colour).map((channel) => Math.min(1, Math.max(0, channel))) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

/** WCAG 2 contrast ratio of two opaque colours, 1..21. Source of the matrix: bottosson.github.io/posts/oklab. */
export const contrast = (one: Oklch, other: Oklch): number => {
  const [dark, light] = [luminance(one), luminance(other)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
};
