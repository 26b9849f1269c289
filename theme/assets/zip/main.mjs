// Several files as one, for the scripts of a page that saves them: loaded when it does.
import { zip } from "./zip.mjs";

(self.rutter ??= {}).zip = zip;
