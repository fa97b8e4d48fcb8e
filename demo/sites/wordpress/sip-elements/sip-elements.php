<?php
/**
 * Plugin Name: SIP Elements
 * Description: A phone in the corner of the pages with [sip_phone]. wp-config.php names its server: users write their passwords into it.
 * Version: 0.1.0
 * Requires at least: 6.5
 * Requires PHP: 7.4
 * License: MIT
 *
 * Beside this file is the folder `loader` of the package's `dist`.
 */

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

add_shortcode(
	'sip_phone',
	static function () {
		// Not from the shortcode: whoever may write pages could send the passwords to a server of theirs.
		$attributes = defined( 'SIP_ELEMENTS_PHONE' ) ? (array) SIP_ELEMENTS_PHONE : array();
		wp_enqueue_script_module(
			'sip-elements',
			plugins_url( 'loader/sip-elements-loader.js', __FILE__ ),
			array(),
			'0.1.0'
		);
		$written = '';
		foreach ( array_filter( $attributes ) as $name => $value ) {
			$written .= sprintf( ' %s="%s"', $name, esc_attr( $value ) );
		}
		return "<sip-phone corner links login$written></sip-phone>";
	}
);
