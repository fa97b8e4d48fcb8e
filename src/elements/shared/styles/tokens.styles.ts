import {css} from 'lit';

/**
 * The design tokens.
 *
 * Each public token (`--sip-…`) has a private name (`--_…`) here, which holds the page's value or else the default.
 * Elements use the private names, so that a page can override a token on any ancestor or on the element itself. Light
 * and dark colors follow the page's `color-scheme`. Text and controls grow with the page's font size; they do not shrink
 * with one that is smaller than usual, such as `html {font-size: 62.5%}`.
 */
export const tokens = css`
  :host {
    --_font: var(
      --sip-font,
      system-ui,
      -apple-system,
      'Segoe UI',
      'PingFang SC',
      'Microsoft YaHei',
      'Noto Sans CJK SC',
      sans-serif
    );
    --_text-s: var(--sip-text-s, max(0.8125rem, 13px));
    --_text-m: var(--sip-text-m, max(0.9375rem, 15px));
    --_text-l: var(--sip-text-l, max(1.125rem, 18px));
    --_text-xl: var(--sip-text-xl, max(1.625rem, 26px));
    --_space-1: var(--sip-space-1, 0.25rem);
    --_space-2: var(--sip-space-2, 0.5rem);
    --_space-3: var(--sip-space-3, 0.75rem);
    --_space-4: var(--sip-space-4, 1rem);
    --_space-6: var(--sip-space-6, 1.5rem);
    --_radius-s: var(--sip-radius-s, 0.5rem);
    --_radius-m: var(--sip-radius-m, 0.75rem);
    --_radius-l: var(--sip-radius-l, 1.125rem);
    --_radius-full: var(--sip-radius-full, 999px);
    --_control: var(--sip-control, max(2.75rem, 44px));
    --_small: max(2.25rem, 36px);
    --_surface: var(--sip-color-surface, light-dark(#ffffff, #171b21));
    --_sunken: var(--sip-color-surface-sunken, light-dark(#f2f4f7, #0f1216));
    --_fill: var(--sip-color-control, light-dark(#e9edf2, #2a313b));
    --_fill-hover: var(--sip-color-control-hover, light-dark(#dde3ea, #343d49));
    --_border: var(--sip-color-border, light-dark(#d9dfe7, #2e3641));
    --_text: var(--sip-color-text, light-dark(#161b22, #eef2f6));
    --_quiet: var(--sip-color-text-quiet, light-dark(#566171, #a3afbd));
    --_accent: var(--sip-color-accent, light-dark(#1559c7, #6ea8fe));
    --_success: var(--sip-color-success, light-dark(#147a43, #4cc38a));
    --_on-success: var(--sip-color-on-success, light-dark(#ffffff, #06210f));
    --_danger: var(--sip-color-danger, light-dark(#c62a2a, #ff7b74));
    --_on-danger: var(--sip-color-on-danger, light-dark(#ffffff, #2b0705));
    --_warning: var(--sip-color-warning, light-dark(#8a5a00, #f0b429));
    --_stage: var(--sip-color-stage, #0c0f13);
    --_on-stage: var(--sip-color-on-stage, #f4f7fa);
    --_scrim: var(--sip-color-scrim, rgb(8 11 15 / 78%));
    --_focus: var(--sip-focus, 0 0 0 2px var(--_surface), 0 0 0 4px var(--_accent));
    --_motion: var(--sip-motion, 160ms cubic-bezier(0.2, 0, 0, 1));
  }

  /* A finger needs more room than a mouse. */
  @media (pointer: coarse) {
    :host {
      --_small: max(2.75rem, 44px);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    :host {
      --_motion: 0ms;
    }
  }
`;
