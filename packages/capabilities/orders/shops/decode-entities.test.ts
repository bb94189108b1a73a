import { expect, test } from 'vitest';
import { decodeEntities } from './decode-entities.ts';

test.each([
  ['Free &amp; bold &#8211; 6&quot;', 'Free & bold – 6"'],
  ['Free &amp; bold &ndash; 6&quot;', 'Free & bold – 6"'],
  ['Caf&eacute; &ldquo;N&#xFC;&rdquo; 2 &times; 3 &euro;', 'Café “Nü” 2 × 3 €'],
  ['&#39;&#039;&apos;&#x27;', "''''"],
  ['&#150;&#x1F3A8;', '–🎨'],
  ['5&nbsp;&frac12;&yuml;', '5\u00a0½ÿ'],
  ['&amp;lt;b&amp;gt;', '&lt;b&gt;'],
  ['R&D, AT&T; &unknown; &#0; &#xD800; &#99999999; &', 'R&D, AT&T; &unknown; &#0; &#xD800; &#99999999; &'],
])('%s is read as %s', (html, text) => {
  expect(decodeEntities(html)).toBe(text);
});
