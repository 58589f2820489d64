// The editor. It is in a shadow root, where its styles are constructed style sheets, which the page's
// Content-Security-Policy allows; it does not allow style elements.

import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { json, jsonParseLinter } from '@codemirror/lang-json'
import {
  bracketMatching,
  defaultHighlightStyle,
  foldGutter,
  foldKeymap,
  HighlightStyle,
  indentOnInput,
  syntaxHighlighting,
} from '@codemirror/language'
import { linter } from '@codemirror/lint'
import { search, searchKeymap } from '@codemirror/search'
import { EditorState } from '@codemirror/state'
import { EditorView, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'

export interface Editor {
  show(text: string): void
  /** Replaces the selection, as if it was typed. */
  insert(text: string): void
  focus(): void
  end(): void
}

interface Options {
  label: string
  value: string
  json: boolean
  /** The position of the caret in UTF-16 units. */
  caret: number
  change: (text: string) => void
}

const theme = EditorView.theme({
  '&': { height: '100%', fontSize: '13px', color: 'var(--text)', backgroundColor: 'var(--field)' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '20px' },
  '.cm-gutters': { backgroundColor: 'var(--field)', color: 'var(--muted)', border: 'none' },
  '.cm-content': { caretColor: 'var(--text)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '&.cm-focused': { outline: 'none' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--selection)',
  },
  '.cm-panels': { backgroundColor: 'var(--surface)', color: 'var(--text)', borderColor: 'var(--border)' },
  '.cm-textfield, .cm-button': {
    backgroundColor: 'var(--field)',
    backgroundImage: 'none',
    color: 'var(--text)',
    border: '1px solid var(--border-strong)',
    borderRadius: '4px',
  },
  '.cm-tooltip': { backgroundColor: 'var(--surface)', color: 'var(--text)', borderColor: 'var(--border)' },
  '.cm-foldPlaceholder': { backgroundColor: 'var(--hover)', color: 'var(--muted)', border: 'none' },
})

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--json-key)' },
  { tag: tags.string, color: 'var(--json-string)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--json-number)' },
])

export function createEditor(
  host: HTMLElement,
  { label, value, json: isJson, caret, change }: Options,
): Editor {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
  let showing = false
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: value,
      extensions: [
        lineNumbers(),
        foldGutter(),
        history(),
        indentOnInput(),
        bracketMatching(),
        search({ top: true }),
        // Ctrl+Enter sends, and Tab leaves the field: both belong to the page.
        keymap.of([
          ...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter'),
          ...historyKeymap,
          ...foldKeymap,
          ...searchKeymap,
        ]),
        isJson ? [json(), linter(lint)] : [],
        syntaxHighlighting(colours),
        syntaxHighlighting(defaultHighlightStyle, { fallback: true }),
        theme,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': label }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !showing) change(update.state.doc.toString())
        }),
      ],
    }),
  })
  view.dispatch({ selection: { anchor: Math.min(caret, view.state.doc.length) } })
  return {
    show(text) {
      if (text === view.state.doc.toString()) return
      showing = true
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } })
      showing = false
    },
    insert(text) {
      view.dispatch(view.state.replaceSelection(text), { scrollIntoView: true, userEvent: 'input' })
      view.focus()
    },
    focus: () => view.focus(),
    end: () => view.destroy(),
  }
}

const parse = jsonParseLinter()

/** An empty text means no body; `{{name}}` is not JSON until it has a value. */
function lint(view: EditorView) {
  const text = view.state.doc.toString()
  return text.trim() === '' || text.includes('{{') ? [] : parse(view)
}
