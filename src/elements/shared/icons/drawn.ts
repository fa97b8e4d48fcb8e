import type {SVGTemplateResult} from 'lit';
import {Directive, directive} from 'lit/directive.js';

/** The drawings that the page has set, by the names of icons. */
export const ownDrawings = new Map<string, SVGTemplateResult>();

/** Renders the drawing of an icon: the page's, if it has set one. */
export const drawn = directive(
  class extends Directive {
    render(name: string, drawing: SVGTemplateResult): SVGTemplateResult {
      return ownDrawings.get(name) ?? drawing;
    }
  },
);
