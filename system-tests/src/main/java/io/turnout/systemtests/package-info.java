/** Programs that the longer system tests run beside the product. */
package io.turnout.systemtests;
