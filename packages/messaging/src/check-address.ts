import { holdsInvisible, trimInvisible } from './invisible.ts';

export type AddressCheck = { ok: true; address: string } | { ok: false; code: 'ONE_PLAIN_ADDRESS'; sentence: string };

/** RFC 5321 path limit less its angle brackets, and the limit of the part before the @. */
const MAX_ADDRESS_LENGTH = 254;
const MAX_LOCAL_LENGTH = 64;

/** RFC 5322 dot-atom: what needs no quotes. */
const LOCAL_PART = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const DOMAIN_LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Accepts exactly one plain e-mail address and returns it with its domain in lower case. The one check of every way in:
 * what is not seen around the address, which copying brings along, is taken off here and nowhere before. No display
 * name, comment, quotes, list or control character is ever understood, because whatever a parser would make of them is
 * a way to send a customer's mail to somebody else. A non-ASCII domain is refused since it can look like another one;
 * its xn-- form shows what it is and passes.
 */
export function checkAddress(input: string): AddressCheck {
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(input)) {
    return refuse('The address contains a line break or another invisible control character. Type it by hand.');
  }
  const address = trimInvisible(input.normalize('NFC'));
  if (address === '') return refuse('Write an e-mail address.');
  if (address.length > MAX_ADDRESS_LENGTH)
    return refuse(`An e-mail address has at most ${MAX_ADDRESS_LENGTH} characters.`);
  if (holdsInvisible(address)) return refuse('The address contains an invisible character. Type it by hand.');
  if (/[\s,;]/u.test(address)) return refuse('Write one address only, without spaces, commas or semicolons.');
  if (/["()<>[\]\\:]/.test(address))
    return refuse('Write the bare address, such as name@example.com, without name, quotes or brackets.');

  const at = address.indexOf('@');
  if (at < 1 || at !== address.lastIndexOf('@') || at === address.length - 1) {
    return refuse('An e-mail address has one @ with a name before it and a domain after it.');
  }
  return checkParts(address.slice(0, at), address.slice(at + 1).toLowerCase());
}

function checkParts(local: string, domain: string): AddressCheck {
  if (!isAscii(domain))
    return refuse('The domain contains letters outside a-z, which can imitate another domain. Write its xn-- form.');
  if (!isAscii(local))
    return refuse('The part before the @ contains letters outside a-z, which not every mail server can deliver.');
  if (local.length > MAX_LOCAL_LENGTH)
    return refuse(`The part before the @ has at most ${MAX_LOCAL_LENGTH} characters.`);
  if (!LOCAL_PART.test(local)) return refuse('The part before the @ is not a valid mailbox name.');

  const labels = domain.split('.');
  if (labels.length < 2) return refuse('The domain is incomplete: it needs a dot, such as example.com.');
  if (!labels.every((label) => DOMAIN_LABEL.test(label))) return refuse('The domain after the @ is not valid.');
  if (/^\d+$/.test(labels.at(-1) ?? '')) return refuse('Write a domain after the @, not a network address.');
  return { ok: true, address: `${local}@${domain}` };
}

function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}

function refuse(sentence: string): AddressCheck {
  return { ok: false, code: 'ONE_PLAIN_ADDRESS', sentence };
}
