/** What may be done about a figure, in small letters beside it; `name` is read out instead of the word. */
export function FigureAction(props: { word: string; name: string; onClick: () => void }) {
  return (
    <button type="button" className="link-button enter-figure" aria-label={props.name} onClick={props.onClick}>
      {props.word}
    </button>
  )
}
