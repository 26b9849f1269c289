// What readers type, for the scripts of a page that asks for it: loaded when they begin to.
import { readAddress, readAddresses, readPort, readSetting } from "./typed.mjs";

(self.rutter ??= {}).typed = { readAddress, readAddresses, readPort, readSetting };
