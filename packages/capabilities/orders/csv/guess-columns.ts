import { isCurrency } from '../../kit/decimal-money.ts';
import { type ColumnName, columnNames } from './columns.ts';
import { type CsvHeader, lookUp } from './read-header.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Names that other programs and languages have for our columns. They are a guess, and shown as one. */
const SYNONYMS: Readonly<Record<ColumnName, ReadonlySet<string>>> = {
  reference: words(`
    order_number order_no order_no. order_nr order_id orderid order_ref order_reference order_name order_# # number
    invoice invoice_number bestellung bestellnummer bestellnr bestellnr. bestell_nr. bestell_nr auftrag auftragsnummer
    auftragsnr. commande numero_de_commande numéro_de_commande n°_commande pedido numero_de_pedido número_de_pedido
    ordine numero_ordine ordernummer`),
  placed_at: words(`
    order_date date date_ordered date_placed created created_at purchase_date sale_date datum bestelldatum fecha data
    date_de_commande`),
  name: words(`
    full_name buyer_name billing_name shipping_name ship_name recipient_name contact_name customer buyer kunde
    kundenname client nom cliente nombre nome klant`),
  email: words(`
    email_address e_mail_address mail_address buyer_email billing_email contact_email client_email customer_e_mail
    e_mail_adresse email_adresse mailadresse correo correo_electronico correo_electrónico courriel adresse_e_mail`),
  currency: words('currency_code order_currency währung waehrung devise moneda valuta'),
  sku: words(`
    item_sku product_sku variant_sku lineitem_sku item_number item_no item_id item_code product_code product_id
    article_number artikelnummer artikelnr artikelnr. artikel_nr. bundle custom_label referencia référence ref ref.`),
  title: words(`
    item item_name item_title product product_name product_title lineitem_name description artikel artikelname
    artikelbezeichnung bezeichnung produkt ware produit producto prodotto`),
  quantity: words(`
    item_quantity item_qty product_quantity lineitem_quantity count pieces units menge anzahl stück quantité quantite
    qté cantidad quantità aantal`),
  unit_price: words(`
    unit_cost item_price product_price lineitem_price price_each price_per_unit price_per_piece price_per_item amount
    preis einzelpreis stückpreis prix prix_unitaire precio precio_unitario prezzo prezzo_unitario prijs`),
  note: words(`
    notes customer_note customer_notes order_note order_notes buyer_note comment comments message gift_message
    bemerkung notiz remarque nota`),
};

const looksLike: Partial<Record<ColumnName, (cell: string) => boolean>> = {
  email: (cell) => /^[^\s@]{1,64}@[^\s@]{1,200}\.[a-z]{2,}$/i.test(cell.trim()),
  currency: (cell) => isCurrency(cell.trim()),
};

/**
 * Which column of the file is probably which of ours, as the key it is chosen by; null: no idea. By names first, then
 * by what its first lines say.
 */
export function guessColumns(
  { names, keys }: Pick<CsvHeader, 'names' | 'keys'>,
  samples: readonly (readonly string[])[],
): Record<ColumnName, string | null> {
  const used = new Set<number>();
  const tests = [
    (column: ColumnName, i: number) => lookUp(names[i]!) === column,
    (column: ColumnName, i: number) => SYNONYMS[column].has(names[i]!),
    (column: ColumnName, i: number) =>
      saysOnly(
        samples.map((cells) => cells[i] ?? ''),
        looksLike[column],
      ),
  ];
  const found = new Map<ColumnName, number>();
  for (const test of tests)
    for (const column of columnNames) {
      if (found.has(column)) continue;
      const at = names.findIndex((_, i) => !used.has(i) && test(column, i));
      if (at < 0) continue;
      found.set(column, at);
      used.add(at);
    }
  return Object.fromEntries(columnNames.map((column) => [column, keys[found.get(column) ?? -1] ?? null])) as Record<
    ColumnName,
    string | null
  >;
}

/** Of the lines that say something in it; further lines of an order leave cells empty. */
function saysOnly(cells: readonly string[], isOne: ((cell: string) => boolean) | undefined): boolean {
  const said = cells.filter((cell) => cell.trim() !== '');
  return isOne !== undefined && said.length > 0 && said.every(isOne);
}
