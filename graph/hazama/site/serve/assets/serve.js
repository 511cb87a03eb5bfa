// Sliders of the what-if desk follow their number and the other way round; a moved one means that ages change.
document.addEventListener("DOMContentLoaded", function () {
  "use strict";
  var ages = document.getElementById("ages");
  Array.prototype.forEach.call(document.querySelectorAll("[data-for]"), function (slider) {
    var number = document.getElementById(slider.dataset.for);
    slider.addEventListener("input", function () { number.value = slider.value; ages.checked = true; });
    number.addEventListener("input", function () { if (number.value !== "") { slider.value = number.value; } ages.checked = true; });
  });
});
