import {html, nothing, type TemplateResult} from 'lit';
import {triangleAlertIcon} from '../shared/icons.js';

/** What a control in a labelled field refers to. */
export interface FieldMarks {
  readonly id: string;
  /** The id of its hint, or of what is wrong. */
  readonly describedBy: string | typeof nothing;
  readonly invalid: 'true' | typeof nothing;
}

/** The properties of a field. */
export interface FormField {
  /** The id of the control. */
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** What is wrong; it replaces the hint. */
  readonly error?: string | undefined;
  readonly control: (marks: FieldMarks) => TemplateResult;
}

/** Renders a control with its label above it, and what is wrong, or else a hint, below it. */
export function formField({id, label, hint, error, control}: FormField): TemplateResult {
  const note = `${id}-note`;
  return html`<div class="field">
    <label for=${id}>${label}</label>
    ${control({id, describedBy: error || hint ? note : nothing, invalid: error ? 'true' : nothing})}
    ${
      error
        ? html`<p id=${note} class="wrong" role="alert">${triangleAlertIcon}<span>${error}</span></p>`
        : hint
          ? html`<p id=${note} class="quiet hint">${hint}</p>`
          : nothing
    }
  </div>`;
}
