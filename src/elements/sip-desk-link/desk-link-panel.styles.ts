import {css, type CSSResultGroup} from 'lit';

export const styles: CSSResultGroup = css`
  .card {
    display: grid;
    justify-items: center;
    gap: var(--_space-3);
    padding: var(--_space-4);
    text-align: center;
  }
  .title {
    max-inline-size: 100%;
    overflow-wrap: anywhere;
  }
  .notice {
    inline-size: 100%;
    text-align: start;
  }
  /* Cameras read dark modules on light ground, in every color scheme and on paper. */
  .code {
    inline-size: min(100%, var(--sip-desk-link-size, 16rem));
    border-radius: var(--_radius-s);
    background: #fff;
    fill: #000;
    shape-rendering: crispedges;
    forced-color-adjust: none;
    print-color-adjust: exact;
  }
  p {
    max-inline-size: 34rem;
    font-size: var(--_text-s);
  }
  .link-text {
    padding: var(--_space-2) var(--_space-3);
    border-radius: var(--_radius-s);
    background: var(--_sunken);
    overflow-wrap: anywhere;
    user-select: all;
  }
  .pill {
    padding-inline: var(--_space-4);
  }
  @media (forced-colors: active) {
    .link-text {
      border: 1px solid;
    }
  }
  @media print {
    .pill {
      display: none;
    }
  }
`;
