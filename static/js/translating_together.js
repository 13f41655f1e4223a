// In the editor of a translation: says that somebody is here, and shows who else is. Elsewhere it does nothing.

const editor = document.querySelector(".js-translation-editor");
const PAUSE = 10_000;

function addressOf(props) {
  const segment = props.segments.find((each) => each.editUrl);
  const number = segment?.editUrl.match(/\/translate\/(\d+)\//)?.[1];
  return number && `${props.adminBaseUrl}translations/presence/${number}/`;
}

function noteAbove(place) {
  const note = document.createElement("p");
  note.className = "together";
  note.setAttribute("role", "status");
  note.hidden = true;
  place.before(note);
  return note;
}

async function tell(address, note, token) {
  const answer = await fetch(address, { method: "POST", headers: { "X-CSRFToken": token } });
  if (!answer.ok) return;
  const { words } = await answer.json();
  if (note.textContent !== words) note.textContent = words;
  note.hidden = !words;
}

if (editor) {
  const token = editor.querySelector("[name=csrfmiddlewaretoken]").value;
  const address = addressOf(JSON.parse(editor.dataset.props));
  if (address) {
    const note = noteAbove(editor);
    const again = () => tell(address, note, token).catch(() => {});
    again();
    setInterval(again, PAUSE);
  }
}
