import { html } from 'hono/html';
import { FAULT_MODES } from '../mail-fault.ts';
import type { MailFault } from '../mail-fault.ts';
import { FAULT_TEXTS } from './describe-fault.ts';
import type { Html } from './page-layout.ts';

/** The switches that make the mail server misbehave. The page's script sends them to the JSON API. */
export function faultPanel(fault: MailFault): Html {
  return html`<section class="panel" id="faults">
    <h2>Fault switches</h2>
    <p>Make the mail server misbehave, then watch what Windlass does about it.</p>
    <form id="fault-form">
      <fieldset class="modes">
        <legend>What goes wrong</legend>
        ${FAULT_MODES.map((mode) => modeChoice(mode, fault))}
      </fieldset>
      <div class="fields">
        <label
          >Reply delay, ms
          <input name="delayMs" type="number" min="0" max="120000" step="1" value="${fault.delayMs}" />
          <small>Held back after the dot.</small>
        </label>
        <label
          >For how many messages
          <input
            name="times"
            type="number"
            min="1"
            max="100000"
            step="1"
            value="${fault.times ?? ''}"
            placeholder="until switched off"
          />
          <small>Then all is well again.</small>
        </label>
        <label
          >Refuse after
          <select name="at">
            <option value="">the usual place</option>
            <option value="rcpt" ${fault.at === 'rcpt' ? 'selected' : ''}>RCPT TO</option>
            <option value="data" ${fault.at === 'data' ? 'selected' : ''}>the dot</option>
          </select>
          <small>Usually 451 after the dot, 550 after RCPT TO.</small>
        </label>
        <label
          >Only for these addresses
          <input
            name="recipients"
            type="text"
            value="${fault.recipients?.join(', ') ?? ''}"
            placeholder="everyone"
            autocomplete="off"
          />
          <small>Separated by commas.</small>
        </label>
      </div>
      <div class="actions">
        <button type="submit" class="primary">Apply</button>
        <button type="button" id="all-well">All well</button>
        <output id="fault-answer" role="status"></output>
      </div>
    </form>
  </section>`;
}

function modeChoice(mode: (typeof FAULT_MODES)[number], fault: MailFault): Html {
  const { title, effect } = FAULT_TEXTS[mode];
  return html`<label class="mode">
    <input type="radio" name="mode" value="${mode}" ${mode === fault.mode ? 'checked' : ''} />
    <span><strong>${title}</strong> <small>${effect}</small></span>
  </label>`;
}
