import { byId } from "./dom.ts";
import { studentPane } from "./student-pane.ts";
import { teacherPane } from "./teacher-pane.ts";

/** On a narrow screen one side is seen at a time: these buttons say which. */
function switchSides(): void {
  const main = byId("demo");
  const buttons = [...main.querySelectorAll<HTMLButtonElement>("[data-side]")];
  for (const button of buttons) {
    button.addEventListener("click", () => {
      main.dataset.side = button.dataset.side ?? "";
      for (const one of buttons) one.setAttribute("aria-pressed", String(one === button));
      const side = byId(button.dataset.side ?? "");
      // Each side begins at its beginning, wherever the other was scrolled to.
      if (side.getBoundingClientRect().top < 0) side.scrollIntoView();
    });
  }
}

switchSides();
const teacher = teacherPane();
studentPane({
  guests: byId("demo").dataset.guests === "true",
  onAccount: (account) => teacher.studentIs(account),
  onAnswered: (user, session) => {
    if (user !== undefined) teacher.answered(user.id, session.id, session.questions_answered);
  },
});
