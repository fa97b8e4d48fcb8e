import {css} from 'lit';

/** A button whose word is below its icon. */
const below = css`
  .pill:not(.round, [part='answer-hangup']) {
    flex-direction: column;
    gap: 0.125rem;
    min-inline-size: min-content;
    min-block-size: var(--_control);
    block-size: auto;
    padding: var(--_space-1);
    border-radius: var(--_radius-l);
    font-size: var(--_text-s);
    line-height: 1.2;
    white-space: normal;
  }
  .round {
    align-self: center;
  }
`;

/** The buttons of a call that rings: the answers and the refusal in one row, below them the answer that ends another call. */
export const answers = css`
  .answers {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
  }
  [part='answer-hangup'] {
    flex: 1 0 100%;
  }
  @container (inline-size >= max(40rem, 640px)) {
    .answers:has([part='answer-hangup']) {
      max-inline-size: max(44rem, 704px);
    }
    [part='answer-hangup'] {
      flex: 1;
    }
    /* It refuses, and is not beside what answers. */
    .apart {
      order: 1;
    }
  }
  /* Three buttons, or two with long words, have room for words below their icons. */
  @container (inline-size < max(19rem, 304px)) {
    .answers .pill:not(.round) {
      padding-inline: var(--_space-2);
    }
    .answers:has(.round):not(:has(.apart)) {
      ${below}
    }
  }
  @container (inline-size < max(24rem, 384px)) {
    .answers:has([part='show-camera']),
    .answers.holds:not(:has(.apart)),
    .answers.holds:has(.round:not(.apart)),
    .answers:has(.round:not(.apart) ~ .round:not(.apart)) {
      ${below}
    }
  }
`;
