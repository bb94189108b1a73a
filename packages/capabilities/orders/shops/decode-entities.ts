const named = new Map(
  Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    ndash: '–',
    mdash: '—',
    lsquo: '‘',
    rsquo: '’',
    sbquo: '‚',
    ldquo: '“',
    rdquo: '”',
    bdquo: '„',
    lsaquo: '‹',
    rsaquo: '›',
    hellip: '…',
    bull: '•',
    prime: '′',
    Prime: '″',
    trade: '™',
    euro: '€',
    minus: '−',
    larr: '←',
    rarr: '→',
    hearts: '♥',
    star: '☆',
    starf: '★',
    check: '✓',
    ensp: ' ',
    emsp: ' ',
    thinsp: ' ',
    zwnj: '',
    zwj: '',
    lrm: '',
    rlm: '',
    OElig: 'Œ',
    oelig: 'œ',
    Scaron: 'Š',
    scaron: 'š',
    Yuml: 'Ÿ',
    fnof: 'ƒ',
  }),
);
/** U+00A0 to U+00FF, in their order. */
const latin1 =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest ' +
  'Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig ' +
  'agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';
latin1.split(' ').forEach((name, i) => named.set(name, String.fromCharCode(0xa0 + i)));

const ENTITY = /&(#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,7});/g;

/**
 * Text as people read it: WordPress keeps titles as HTML writes them, `Free &amp; bold &#8211; 6&quot;`. Once: what was
 * written as `&amp;lt;` is `&lt;`.
 */
export const decodeEntities = (html: string): string =>
  html.replace(
    ENTITY,
    (entity, name: string) => (name.startsWith('#') ? character(name.slice(1)) : named.get(name)) ?? entity,
  );

/** Undefined for a number that is no character, or none that can be kept. */
function character(number: string): string | undefined {
  const code = Number(/^x/i.test(number) ? `0${number.toLowerCase()}` : number);
  if (code >= 0x80 && code < 0xa0) return new TextDecoder('windows-1252').decode(Uint8Array.of(code)); // as browsers read them
  const isOne = code >= 0x20 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000);
  return isOne ? String.fromCodePoint(code) : undefined;
}
