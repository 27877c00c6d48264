import { InboxOutlined } from '@ant-design/icons'
import { Upload } from 'antd'

/** A place to drop a file on, or to choose one; what becomes of it is for `onFile`. */
export function FileDrop(props: {
  /** Endings of names, `.xlsx,.csv`. */
  accept: string
  text: string
  hint?: string
  disabled?: boolean
  onFile: (file: File) => void
}) {
  return (
    <Upload.Dragger
      accept={props.accept}
      showUploadList={false}
      disabled={props.disabled ?? false}
      beforeUpload={(file) => {
        props.onFile(file)
        return false
      }}
    >
      <p className="file-drop">
        <InboxOutlined aria-hidden />
      </p>
      <p>{props.text}</p>
      {props.hint === undefined ? null : <p className="muted">{props.hint}</p>}
    </Upload.Dragger>
  )
}
