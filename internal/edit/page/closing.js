// The desk is closed: the program ends, and this page says what is left.
import { tell } from "./ask.js";

const title = document.querySelector("#closing-title");
const words = document.querySelector("#closing-words");
try {
  await tell("/dong", {});
  title.textContent = "Bàn biên tập đã đóng";
  words.textContent = "Bài đã lưu và bài đang viết dở đều được giữ. Đóng thẻ này được rồi. Muốn viết tiếp, bấm đúp lienhiep.exe trong thư mục của trang.";
  document.querySelector(".bar").remove();
  document.title = title.textContent;
} catch (error) {
  title.textContent = "Chưa đóng được";
  words.textContent = error.message;
}
