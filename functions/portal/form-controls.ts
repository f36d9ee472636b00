import { html, type Content, type Markup } from './html.ts';

/** What is wrong with a form: a field and a sentence, or only a sentence about all of it. */
export interface Problem {
  readonly field?: string | undefined;
  readonly text: string;
}

/** One thing that a form asks. */
export interface Control {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
}

export interface Option {
  readonly value: string;
  readonly label: Content;
}

/** What was typed or is proposed, and what is wrong with it. */
export interface Filled {
  readonly value: (name: string) => string;
  readonly values: (name: string) => readonly string[];
  readonly problem: (name: string) => string | undefined;
}

/** A line of text. `figures` brings up the keyboard with figures on telephones. */
export function textControl(
  { name, label, hint }: Control,
  filled: Filled,
  look: {
    readonly figures?: boolean;
    readonly type?: 'text' | 'date';
    readonly min?: string;
    readonly max?: string;
  } = {},
): Markup {
  const { figures = false, type = 'text', min, max } = look;
  return labelled(
    { name, label, hint },
    filled,
    (described) =>
      html`<input
        class="short"
        id="${name}"
        name="${name}"
        type="${type}"
        value="${filled.value(name)}"
        autocomplete="off"
        ${
          figures && html` inputmode="decimal"`
        }${min !== undefined && html` min="${min}"`}${max !== undefined && html` max="${max}"`}${
          type === 'date' && html` placeholder="YYYY-MM-DD"`
        }${described}
      />`,
  );
}

/** Room for some sentences. */
export function noteControl(control: Control, filled: Filled, lengthMax: number): Markup {
  const { name } = control;
  return labelled(
    control,
    filled,
    (described) =>
      html`<textarea id="${name}" name="${name}" maxlength="${lengthMax}" rows="4" ${described}>
${filled.value(name)}</textarea>`,
  );
}

export function selectControl(control: Control, filled: Filled, options: readonly Option[]): Markup {
  const { name } = control;
  const chosen = filled.value(name);
  return labelled(
    control,
    filled,
    (described) =>
      html`<select class="short" id="${name}" name="${name}" ${described}>
        ${options.map(
          ({ value, label }) =>
            html`<option value="${value}" ${value === chosen && html` selected`}>${label}</option>`,
        )}
      </select>`,
  );
}

/** Choices of which one, or with `checkbox` any number, may be taken. The first bears the field's name, so that a link leads to it. */
export function pickControl(
  { name, label, hint }: Control,
  filled: Filled,
  { options, type = 'radio' }: { readonly options: readonly Option[]; readonly type?: 'radio' | 'checkbox' },
): Markup {
  const problem = filled.problem(name);
  const chosen = filled.values(name);
  return html`<fieldset class="field${problem !== undefined && ' bad'}" ${describedBy(name, hint, problem)}>
    <legend>${label}</legend>
    ${about(name, hint, problem)}${options.map(({ value, label: text }, index) => {
      const id = index === 0 ? name : `${name}-${String(index + 1)}`;
      return html`<div class="pick">
        <input
          type="${type}"
          id="${id}"
          name="${name}"
          value="${value}"
          ${chosen.includes(value) && html` checked`}
        /><label for="${id}">${text}</label>
      </div>`;
    })}
  </fieldset>`;
}

/** One yes or no. */
export function checkControl(name: string, label: string, filled: Filled): Markup {
  return html`<div class="pick">
    <input
      type="checkbox"
      id="${name}"
      name="${name}"
      value="yes"
      ${filled.value(name) === 'yes' && html` checked`}
    /><label for="${name}">${label}</label>
  </div>`;
}

/** A date in three parts, for one that is far back: whatever order a person writes them in, each has its name. */
export function datePartsControl(
  { name, label, hint }: Control,
  filled: Filled,
  parts: readonly { readonly name: string; readonly label: string; readonly length: number }[],
): Markup {
  const problem = filled.problem(name);
  return html`<fieldset
    class="field parts${problem !== undefined && ' bad'}"
    ${describedBy(name, hint, problem)}
  >
    <legend>${label}</legend>
    ${about(name, hint, problem)}${parts.map(
      (part, index) =>
        html`<span class="${part.name}"
          ><label for="${index === 0 ? name : part.name}">${part.label}</label
          ><input
            type="text"
            id="${index === 0 ? name : part.name}"
            name="${part.name}"
            inputmode="numeric"
            maxlength="${part.length}"
            autocomplete="off"
        /></span>`,
    )}
  </fieldset>`;
}

/** All that is wrong, above the form, each with a link to its field. */
export function problemSummary(title: string, problems: readonly Problem[]): Content {
  if (problems.length === 0) return undefined;
  return html`<div class="summary" role="alert">
    <h2>${title}</h2>
    <ul>
      ${problems.map(
        ({ field, text }) =>
          html`<li>${field === undefined ? text : html`<a href="#${field}">${text}</a>`}</li>`,
      )}
    </ul>
  </div>`;
}

function labelled(
  { name, label, hint }: Control,
  filled: Filled,
  input: (described: Content) => Markup,
): Markup {
  const problem = filled.problem(name);
  const invalid = problem !== undefined && html` aria-invalid="true"`;
  return html`<div class="field${problem !== undefined && ' bad'}">
    <label for="${name}">${label}</label>${about(
      name,
      hint,
      problem,
    )}${input([describedBy(name, hint, problem), invalid])}
  </div>`;
}

function about(name: string, hint: string | undefined, problem: string | undefined): Content {
  return [
    hint !== undefined && html`<p class="hint" id="${name}-hint">${hint}</p>`,
    problem !== undefined && html`<p class="problem" id="${name}-problem">${problem}</p>`,
  ];
}

function describedBy(name: string, hint: string | undefined, problem: string | undefined): Content {
  const ids = [hint !== undefined && `${name}-hint`, problem !== undefined && `${name}-problem`].filter(
    (id) => id !== false,
  );
  return ids.length > 0 && html` aria-describedby="${ids.join(' ')}"`;
}
