import {html, nothing, type TemplateResult} from 'lit';
import {formatDuration} from '../../controllers/clock-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {SipConference} from '../../core/conference/conference.js';
import type {ConferenceMember} from '../../core/conference/conference-member.js';
import {squareIcon} from '../shared/icons/later.js';
import {repeat} from '../shared/repeat.js';
import {filePlayIcon} from './icons.js';
import type {MemberCommands} from './member-commands.js';

/**
 * Renders the files that the server plays, which it reports as members: their progress, and a button that stops each.
 */
export function playedFiles(
  conference: SipConference,
  commands: MemberCommands,
  localize: LocalizeController,
): TemplateResult | typeof nothing {
  const files = conference.state.members.filter(({file, phase}) => file && phase !== 'released');
  if (!files.length) return nothing;
  return html`<div class="files" role="list" aria-label=${localize.term('files')}>
    ${repeat(
      files,
      ({number}) => number,
      (member) => fileRow(member, conference, commands, localize),
    )}
  </div>`;
}

function fileRow(
  {number, name, file}: ConferenceMember,
  conference: SipConference,
  commands: MemberCommands,
  localize: LocalizeController,
): TemplateResult {
  const {id, position = 0, duration, time, times} = file!;
  const called = name || number;
  const stop = localize.term('stopPlaying', called);
  const key = `stop ${id}`;
  const texts = [
    ...(duration
      ? [`${formatDuration(Math.floor(position))} / ${formatDuration(Math.round(duration))}`]
      : []),
    ...(time !== undefined && times !== undefined && times > 1
      ? [localize.term('timeOf', String(time), String(times))]
      : []),
  ];
  return html`<div part="file" role="listitem">
    <span class="sign">${filePlayIcon}</span>
    <div class="words">
      <bdi class="line name" title=${called}>${called}</bdi>
      <span class="quiet state number">${texts.map((text) => html`<span><bdi>${text}</bdi></span>`)}</span>
      ${
        duration
          ? html`<progress
              dir="ltr"
              aria-label=${localize.term('playing', called)}
              max=${duration}
              .value=${Math.min(position, duration)}
            ></progress>`
          : nothing
      }
    </div>
    ${
      commands.mayChange(conference)
        ? html`<button
            part="stop-file"
            class="act plain ${commands.isPending(key) ? 'pending' : ''}"
            type="button"
            aria-label=${stop}
            title=${stop}
            aria-busy=${commands.isPending(key) ? 'true' : nothing}
            @click=${() => void commands.run(conference, key, () => conference.stopFile(id))}
          >
            ${squareIcon}
          </button>`
        : nothing
    }
  </div>`;
}
